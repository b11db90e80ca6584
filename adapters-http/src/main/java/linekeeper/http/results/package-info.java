/// Sends results to customers' backends, and to nobody whom a customer must not reach through us.
@NullMarked
package linekeeper.http.results;

import org.jspecify.annotations.NullMarked;
