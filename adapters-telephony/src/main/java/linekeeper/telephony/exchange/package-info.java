/// One request, one answer, and what it means that there was none.
@NullMarked
package linekeeper.telephony.exchange;

import org.jspecify.annotations.NullMarked;
