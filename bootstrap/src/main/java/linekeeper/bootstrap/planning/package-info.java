/// Capacity planning for users: reads a plan, has it carried out, and shows what came of it (G2).
@NullMarked
package linekeeper.bootstrap.planning;

import org.jspecify.annotations.NullMarked;
