/// A real PostgreSQL that lives in the service's data folder (G4).
@NullMarked
package linekeeper.persistence.embedded;

import org.jspecify.annotations.NullMarked;
