/// How a provider is doing.
@NullMarked
package linekeeper.domain.provider;

import org.jspecify.annotations.NullMarked;
