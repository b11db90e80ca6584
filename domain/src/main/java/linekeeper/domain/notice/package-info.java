/// What a customer's backend is told, where, and how often it is tried.
@NullMarked
package linekeeper.domain.notice;

import org.jspecify.annotations.NullMarked;
