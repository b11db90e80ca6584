/// Twilio Programmable Voice.
@NullMarked
package linekeeper.telephony.twilio;

import org.jspecify.annotations.NullMarked;
