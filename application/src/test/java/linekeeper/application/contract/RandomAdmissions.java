package linekeeper.application.contract;

import static linekeeper.application.contract.TestCalls.PROVIDER;
import static linekeeper.application.contract.TestCalls.aCall;

import linekeeper.application.port.ClaimTerms;
import linekeeper.application.port.Intake.Admission;
import linekeeper.application.port.Intake.Admitted;
import linekeeper.application.port.Intake.Candidate;
import linekeeper.application.port.Intake.Known;
import linekeeper.application.port.Intake.NoSuchAccount;
import linekeeper.application.port.Intake.NumberTaken;
import linekeeper.application.port.Intake.Reserved;
import linekeeper.application.port.Intake.Waiting;
import linekeeper.application.port.ProviderRoom;
import linekeeper.application.port.Slots.Accounts;
import linekeeper.application.port.Slots.EveryAccount;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.call.ReservedCall;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Calls that come in, alone or many at once, and claims.
final class RandomAdmissions {
    private static final int MOST_AT_ONCE = 12;
    private static final int NUMBERS = 9;

    private final HistoryCourse course;

    RandomAdmissions(HistoryCourse course) {
        this.course = course;
    }

    void one() {
        Candidate candidate = candidate();
        Admission admission = course.node().engine().intake().admit(candidate);
        course.servedInTurn(admission.passedOver());
        course.answered(told(admission.own()) + " and " + course.perAccount(admission.others()));
    }

    /// Of all accounts and kinds mixed, some ids twice.
    void many() {
        List<Candidate> batch = new ArrayList<>();
        int size = 2 + course.random.nextInt(MOST_AT_ONCE);
        for (int i = 0; i < size; i++) {
            batch.add(i > 0 && course.once(6) ? course.oneOf(batch) : candidate());
        }
        List<ReservedCall> others = new ArrayList<>();
        for (Optional<Admission> one : course.node().engine().intake().admitAll(batch)) {
            others.addAll(one.orElseThrow().others());
            course.servedInTurn(one.orElseThrow().passedOver());
            course.answered("at once " + told(one.orElseThrow().own()));
        }
        course.answered("at once others " + course.perAccount(others));
    }

    private Candidate candidate() {
        ClaimTerms claim = course.once(5) ? null : terms(500);
        return new Candidate(call().build(), PROVIDER, course.now(), claim);
    }

    private TestCalls call() {
        TestCalls call = aCall(course.once(8) ? course.knownId() : course.newId());
        call.of(course.once(20) ? "nobody" : course.account().value());
        call.to(number(course.random.nextInt(NUMBERS)).value());
        call.named(course.once(3) ? null : "Zoë " + course.random.nextInt(3));
        if (course.once(6)) {
            call.from("+14155550199");
        }
        if (course.once(3)) {
            call.ofDriver("d" + course.random.nextInt(2));
        }
        if (course.once(3)) {
            call.ofCampaign(course.oneOf(List.of("a", "b", "c")));
        }
        if (course.once(4)) {
            call.prioritised(course.random.nextInt(200));
        }
        if (course.once(2)) {
            call.by(course.oneOf(List.of("spare", "other")));
        }
        call.attempts(course.once(3) ? null : Integer.valueOf(1 + course.random.nextInt(3)));
        return timed(call);
    }

    /// All that are called.
    static List<PhoneNumber> numbers() {
        return IntStream.range(0, NUMBERS).mapToObj(RandomAdmissions::number).toList();
    }

    static PhoneNumber number(int digit) {
        return new PhoneNumber("+1415555010" + digit);
    }

    private TestCalls timed(TestCalls call) {
        if (course.once(6)) {
            return call.notBefore(soon());
        }
        return course.once(6) ? call.expiringAt(soon()) : call;
    }

    private Instant soon() {
        return course.now().plusMillis(1 + course.random.nextInt(4_000));
    }

    private static String told(Admitted admitted) {
        return switch (admitted) {
            case Reserved reserved ->
                    "reserved " + reserved.call().key() + reserved.call().accepted().provider();
            case Waiting waiting -> "waits " + waiting.call().key() + waiting.standing();
            case Known known -> "known " + known.call().key() + known.call().status();
            case NumberTaken taken -> "taken by " + taken.other();
            case NoSuchAccount none -> "no account";
        };
    }

    void claim() {
        int most = 1 + course.random.nextInt(4);
        var scope = course.once(2) ? new EveryAccount() : new Accounts(Set.of(course.account()));
        var claim = course.node().engine().slots().claim(scope, terms(most));
        course.servedInTurn(claim.passedOver());
        course.answered(
                "claimed "
                        + course.perAccount(claim.calls())
                        + claim.saturated()
                        + claim.nextToken());
    }

    private ClaimTerms terms(int most) {
        Map<ProviderName, Integer> room =
                switch (course.random.nextInt(4)) {
                    case 0 -> Map.of(new ProviderName("spare"), course.random.nextInt(2));
                    case 1 ->
                            Map.of(
                                    PROVIDER,
                                    1,
                                    new ProviderName("other"),
                                    course.random.nextInt(3));
                    default -> Map.of();
                };
        Instant at = course.now();
        return new ClaimTerms(most, new ProviderRoom(room), () -> at);
    }
}
