/// Whose calls they are and how many may be live at once.
@NullMarked
package linekeeper.domain.account;

import org.jspecify.annotations.NullMarked;
