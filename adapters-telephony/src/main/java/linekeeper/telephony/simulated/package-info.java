/// A provider that dials nobody: for the first start, demos and plans.
@NullMarked
package linekeeper.telephony.simulated;

import org.jspecify.annotations.NullMarked;
