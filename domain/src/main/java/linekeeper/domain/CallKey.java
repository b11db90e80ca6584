package linekeeper.domain;

/// Where a call is found: ids are the backends' own, so two accounts may use the same one.
public record CallKey(AccountId account, CallId call) {}
