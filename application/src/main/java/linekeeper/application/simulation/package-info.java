/// Time and chance that one seed decides: what simulations of the service run on (G2, G3).
@NullMarked
package linekeeper.application.simulation;

import org.jspecify.annotations.NullMarked;
