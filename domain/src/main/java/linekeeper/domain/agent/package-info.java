/// Voice agents: who speaks, through which provider, from which number.
@NullMarked
package linekeeper.domain.agent;

import org.jspecify.annotations.NullMarked;
