/// The public face over HTTP.
@NullMarked
package linekeeper.http;

import org.jspecify.annotations.NullMarked;
