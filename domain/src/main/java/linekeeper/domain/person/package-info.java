/// The people behind the numbers.
@NullMarked
package linekeeper.domain.person;

import org.jspecify.annotations.NullMarked;
