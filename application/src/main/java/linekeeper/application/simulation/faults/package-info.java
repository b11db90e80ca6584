/// Breaks everything that can break around the real use cases, as a seed decides, and looks after every
/// step whether what must hold still holds (G3).
@NullMarked
package linekeeper.application.simulation.faults;

import org.jspecify.annotations.NullMarked;
