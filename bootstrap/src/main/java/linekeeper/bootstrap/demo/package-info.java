/// A campaign through the simulated provider, to look at.
@NullMarked
package linekeeper.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
