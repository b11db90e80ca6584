package linekeeper.domain.call;

import linekeeper.domain.AgentId;
import linekeeper.domain.PhoneNumber;

import org.jspecify.annotations.Nullable;

/// Who speaks and which number shows; null: the account's or provider's default.
public record Routing(@Nullable AgentId agent, @Nullable PhoneNumber from) {
    public static final Routing DEFAULT = new Routing(null, null);
}
