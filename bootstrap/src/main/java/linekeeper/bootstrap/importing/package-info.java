/// Brings the records of past calls in from files (C6).
@NullMarked
package linekeeper.bootstrap.importing;

import org.jspecify.annotations.NullMarked;
