/// A call's life: one type per state, a transition is a method of the state it leaves.
@NullMarked
package linekeeper.domain.call;

import org.jspecify.annotations.NullMarked;
