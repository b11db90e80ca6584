/// Capacity planning: the real use cases on virtual time, with a modelled provider and modelled callers
/// (G2).
@NullMarked
package linekeeper.application.planning;

import org.jspecify.annotations.NullMarked;
