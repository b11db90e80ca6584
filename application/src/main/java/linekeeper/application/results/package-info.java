/// Telling customers' backends what became of their calls: at least once, in order per call, one
/// account never in the way of another.
@NullMarked
package linekeeper.application.results;

import org.jspecify.annotations.NullMarked;
