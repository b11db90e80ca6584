/// Who is next, why a call waits and for how long.
@NullMarked
package linekeeper.domain.queue;

import org.jspecify.annotations.NullMarked;
