/// What Prometheus is told.
@NullMarked
package linekeeper.http.metrics;

import org.jspecify.annotations.NullMarked;
