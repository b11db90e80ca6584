/// The identities every other word is built from: opaque, validated, never swapped for one another.
@NullMarked
package linekeeper.domain;

import org.jspecify.annotations.NullMarked;
