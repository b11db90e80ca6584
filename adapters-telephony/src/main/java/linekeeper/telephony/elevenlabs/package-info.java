/// ElevenLabs' agents, called over an imported Twilio number or a SIP trunk.
@NullMarked
package linekeeper.telephony.elevenlabs;

import org.jspecify.annotations.NullMarked;
