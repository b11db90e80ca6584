/// The application's stores on PostgreSQL.
@NullMarked
package linekeeper.persistence;

import org.jspecify.annotations.NullMarked;
