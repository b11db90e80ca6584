/// What can be set, from where, and what is wrong with it.
@NullMarked
package linekeeper.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
