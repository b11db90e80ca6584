/// Campaigns: many calls under one name and one set of rules.
@NullMarked
package linekeeper.domain.campaign;

import org.jspecify.annotations.NullMarked;
