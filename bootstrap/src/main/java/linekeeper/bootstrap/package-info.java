/// Wires the modules together, owns the threads and the command line.
@NullMarked
package linekeeper.bootstrap;

import org.jspecify.annotations.NullMarked;
