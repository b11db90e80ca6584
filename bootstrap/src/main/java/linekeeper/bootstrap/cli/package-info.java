/// The command line.
@NullMarked
package linekeeper.bootstrap.cli;

import org.jspecify.annotations.NullMarked;
