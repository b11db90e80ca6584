/// The use cases, one class each, in the order of a call's life: accept, dispatch, dial, record what
/// the provider reports, end, and mend what was left behind. They own no thread and no clock.
@NullMarked
package linekeeper.application;

import org.jspecify.annotations.NullMarked;
