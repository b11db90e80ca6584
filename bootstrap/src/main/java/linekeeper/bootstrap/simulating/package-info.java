/// Runs simulations for somebody who watches.
@NullMarked
package linekeeper.bootstrap.simulating;

import org.jspecify.annotations.NullMarked;
