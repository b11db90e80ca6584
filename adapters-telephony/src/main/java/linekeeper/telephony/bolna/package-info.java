/// Bolna's hosted API.
@NullMarked
package linekeeper.telephony.bolna;

import org.jspecify.annotations.NullMarked;
