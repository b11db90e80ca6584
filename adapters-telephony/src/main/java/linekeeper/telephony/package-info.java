/// The voice providers.
@NullMarked
package linekeeper.telephony;

import org.jspecify.annotations.NullMarked;
