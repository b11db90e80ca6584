package linekeeper.application.simulation.faults;

import linekeeper.application.port.Decision;
import linekeeper.application.port.DialOrder;
import linekeeper.application.port.ExecutionReport;
import linekeeper.application.port.Intake;
import linekeeper.application.port.Lookup;
import linekeeper.application.port.Notices.Taken;
import linekeeper.application.port.Notices.Wanted;
import linekeeper.application.port.Slots.Claim;
import linekeeper.application.port.Succession;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.Call;
import linekeeper.domain.notice.Notice;
import linekeeper.domain.notice.Telling;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a trace spells things: short, calls always alike, and the same in every run of a seed.
final class Words {
    private static final int LONGEST = 120;

    private Words() {}

    static String of(@Nullable Object thing) {
        return switch (thing) {
            case null -> "";
            case CallKey key -> "<" + key.account() + "/" + key.call() + ">";
            case Call call -> of(call.key()) + state(call);
            case Notice(var id, var type, var at, var telling) ->
                    of(id.key()) + " " + type.wireName() + " " + of(telling);
            case Telling telling ->
                    telling.status().wireName() + " delivery " + telling.deliveries();
            case Intake.Candidate candidate -> of(candidate.request().key());
            case Intake.Admission admission -> of(admission.own()) + of(admission.others());
            case Intake.Reserved(Call call) -> "reserved " + of(call);
            case Intake.Waiting waiting -> "waiting " + of(waiting.call());
            case Intake.Known(Call call) -> "known " + of(call);
            case Claim claim -> of(claim.calls());
            case Taken taken -> of(taken.notices());
            case Lookup.Found(ExecutionReport report) -> "found " + of(report);
            case DialOrder order -> of(order.key()) + "#" + order.attempt();
            case ExecutionReport report ->
                    of(report.echo()) + " " + report.execution() + " " + report.stage();
            case ExecutionReport.Echo(CallKey key, int attempt) -> of(key) + "#" + attempt;
            case Throwable failure -> failure.getClass().getSimpleName();
            case Optional<?> one -> one.map(Words::of).orElse("nothing");
            case List<?> many -> many.stream().map(Words::of).collect(Collectors.joining(", "));
            case Wanted wanted -> "";
            case Record other -> cut(other);
            case Decision<?> decision -> "";
            case Succession succession -> "";
            case InstantSource clock -> "";
            default -> thing.toString();
        };
    }

    private static String state(Call call) {
        return "#" + call.attempt() + " " + call.status().wireName();
    }

    /// Large ones by their names.
    private static String cut(Record thing) {
        String text = thing.toString();
        boolean plain = text.length() <= LONGEST && !text.contains("@");
        return plain ? text : thing.getClass().getSimpleName();
    }
}
