/// What the application needs from outside. Each port says what a failure means to its caller.
@NullMarked
package linekeeper.application.port;

import org.jspecify.annotations.NullMarked;
