package linekeeper.bootstrap.importing;

import linekeeper.application.port.PastCalls.PastCall;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.CallId;
import linekeeper.domain.CallKey;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ContactId;
import linekeeper.domain.ConversationId;
import linekeeper.domain.DriverId;
import linekeeper.domain.ExecutionId;
import linekeeper.domain.InvalidValue;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.AcceptedCall;
import linekeeper.domain.call.CallFacts;
import linekeeper.domain.call.CallRequest;
import linekeeper.domain.call.CallSid;
import linekeeper.domain.call.Direction;
import linekeeper.domain.call.EndedCall;
import linekeeper.domain.call.Grouping;
import linekeeper.domain.call.Recipient;
import linekeeper.domain.call.Routing;
import linekeeper.domain.call.Span;
import linekeeper.domain.call.Timing;
import linekeeper.domain.call.UserData;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/// Makes an ended call of a record (C6). Immutable.
final class PastCallReader {
    private static final String[] IDS = {"call_id", "call_sid", "custom_call_id"};

    private final AccountId account;
    private final ProviderName provider;
    private final Instant now;

    /// @param provider of records that name none
    PastCallReader(AccountId account, ProviderName provider, Instant now) {
        this.account = account;
        this.provider = provider;
        this.now = now;
    }

    /// @throws InvalidValue naming the field that breaks its rule
    PastCall read(Row row) {
        Values values = new Values(row.fields());
        String owner = values.text("account_id");
        values.keep("account_id", account.value().equals(owner) ? null : owner);
        values.text("type");
        CallId own = values.value(CallId::new, IDS);
        Times times = Times.read(values, now);
        DriverId driver = values.value(DriverId::new, "driver_id");
        CallId id = own == null ? CallSid.ofRecord(driver, times.createdAt()) : own;
        EndedCall call = call(new CallKey(account, id), driver, times, values);
        return new PastCall(call, Fingerprint.of(row.fields()), own != null);
    }

    private EndedCall call(CallKey key, @Nullable DriverId driver, Times times, Values values) {
        ProviderName name = values.value(PastCallReader::provider, "provider");
        ProviderName dialedBy = name == null ? provider : name;
        Direction direction = values.value(PastCallReader::direction, "direction");
        String execution = values.text("execution_id");
        Ending ending = Ending.read(values);
        int attempt = atLeastOne("attempt", values.integer("attempt", 1));
        CallFacts facts = facts(values, times);
        CallRequest request = request(key, driver, attempt, values);
        return new EndedCall(
                new AcceptedCall(
                        request,
                        dialedBy,
                        times.createdAt(),
                        direction == null ? Direction.OUTBOUND : direction),
                attempt,
                ending.outcome(),
                facts,
                new Span(times.startedAt(), times.endedAt()),
                execution == null ? null : new ExecutionId(dialedBy, execution));
    }

    /// Last, for what is left becomes user data.
    private static CallRequest request(
            CallKey key, @Nullable DriverId driver, int attempt, Values values) {
        Recipient recipient = recipient(values);
        Routing routing =
                new Routing(
                        values.value(AgentId::new, "agent_id"),
                        values.value(PhoneNumber::parse, "from_number"));
        Grouping grouping = new Grouping(values.value(CampaignId::new, "campaign_id"), driver);
        Timing timing = new Timing(values.instant("scheduled_at"), values.instant("expires_at"));
        int priority = values.integer("priority", grouping.type().defaultPriority());
        int attempts = values.integer("max_attempts", Math.min(attempt, 10));
        return new CallRequest(
                key,
                recipient,
                routing,
                grouping,
                timing,
                priority,
                attempts,
                new UserData(values.userData("user_data")));
    }

    private static Recipient recipient(Values values) {
        PhoneNumber phone = values.value(PhoneNumber::parse, "phone_number");
        if (phone == null) {
            throw new InvalidValue("phone_number", "is required");
        }
        return new Recipient(
                phone, values.value(ContactId::new, "contact_id"), values.text("contact_name"));
    }

    private static CallFacts facts(Values values, Times times) {
        return new CallFacts(
                values.value(ConversationId::new, "conversation_id"),
                values.instant("answered_at"),
                values.text("answered_by"),
                times.duration(),
                values.decimal("cost"),
                values.text("recording_url"));
    }

    private static ProviderName provider(String text) {
        return new ProviderName(text.toLowerCase(Locale.ROOT));
    }

    private static Direction direction(String text) {
        return Direction.named(text.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new InvalidValue("direction", "must be outbound or inbound"));
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1 || value > Short.MAX_VALUE) {
            throw new InvalidValue(name, "must be at least 1");
        }
        return value;
    }

    /// When it was; what a record does not say is told from what it does.
    private record Times(
            Instant createdAt,
            @Nullable Instant startedAt,
            Instant endedAt,
            @Nullable BigDecimal duration) {
        static Times read(Values values, Instant now) {
            Instant created = values.instant("created_at");
            Instant started = values.instant("started_at");
            Instant ended = values.instant("ended_at");
            BigDecimal duration = values.decimal("duration_seconds");
            Instant from = created == null ? started : created;
            if (from == null) {
                throw new InvalidValue("created_at", "is required");
            }
            Instant to = ended == null ? end(started == null ? from : started, duration) : ended;
            check(from, started, to, now);
            return new Times(from, started, to, duration);
        }

        private static Instant end(Instant start, @Nullable BigDecimal duration) {
            return duration == null ? start : start.plusSeconds(duration.longValue());
        }

        private static void check(
                Instant from, @Nullable Instant started, Instant to, Instant now) {
            if (to.isBefore(from) || (started != null && to.isBefore(started))) {
                throw new InvalidValue("ended_at", "must not be before the call began");
            }
            if (to.isAfter(now)) {
                throw new InvalidValue("ended_at", "must not be in the future");
            }
        }
    }
}
