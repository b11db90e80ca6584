package linekeeper.bootstrap;

import linekeeper.application.port.CallObserver;
import linekeeper.application.port.DialResult;
import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.ActiveCall;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.ReservedCall;
import linekeeper.domain.provider.CircuitBreaker;

import java.time.Instant;

/// Two observers that see the same.
record Both(CallObserver first, CallObserver second) implements CallObserver {
    @Override
    public void reserved(ReservedCall call) {
        first.reserved(call);
        second.reserved(call);
    }

    @Override
    public void passedOver(int calls) {
        first.passedOver(calls);
        second.passedOver(calls);
    }

    @Override
    public void dialing(ReservedCall call, Instant now) {
        first.dialing(call, now);
        second.dialing(call, now);
    }

    @Override
    public void dialed(ReservedCall call, DialResult result) {
        first.dialed(call, result);
        second.dialed(call, result);
    }

    @Override
    public void bound(ActiveCall call) {
        first.bound(call);
        second.bound(call);
    }

    @Override
    public void slotFreed(AccountId account, Instant now) {
        first.slotFreed(account, now);
        second.slotFreed(account, now);
    }

    @Override
    public void ended(EndedCall call) {
        first.ended(call);
        second.ended(call);
    }

    @Override
    public void breaker(ProviderName provider, CircuitBreaker breaker) {
        first.breaker(provider, breaker);
        second.breaker(provider, breaker);
    }
}
