/// The ports in memory, under a clock that the owner moves: fast tests, fault simulation and capacity
/// planning drive the real use cases through it.
@NullMarked
package linekeeper.application.world;

import org.jspecify.annotations.NullMarked;
