/// Measures the service on this machine: how many calls, how fast, at what cost.
@NullMarked
package linekeeper.bootstrap.bench;

import org.jspecify.annotations.NullMarked;
