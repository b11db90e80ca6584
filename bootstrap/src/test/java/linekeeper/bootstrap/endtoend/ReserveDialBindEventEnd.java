package linekeeper.bootstrap.endtoend;

import static linekeeper.bootstrap.endtoend.World.awaitStatus;
import static linekeeper.bootstrap.endtoend.World.errorCode;

import static org.assertj.core.api.Assertions.assertThat;

import linekeeper.bootstrap.endtoend.ProviderFake.Course;
import linekeeper.bootstrap.endtoend.ProviderFake.DialFault;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What holds for a call whoever dials it: one suite, passed by every provider in the same way (H1-H3,
/// B1-B4).
abstract class ReserveDialBindEventEnd extends CallsOfOneProvider {
    @Test
    void reservesDialsBindsFollowsAndEnds() throws Exception {
        String id = placed("whole");

        awaitBound(id);
        assertThat(slots(id)).isEqualTo(1);
        assertThat(provider().execution(id)).contains(executionId(id));
        course(id, Course.RINGING, "ringing");
        course(id, Course.ANSWERED, "in_progress");
        end(id, Course.COMPLETED, "completed");

        assertThat(slots(id)).isZero();
        assertThat(provider().creates(id)).isEqualTo(1);
        assertThat(events(id)).startsWith("accepted", "reserved", "bound").endsWith("ended");
    }

    @Test
    void tellsABusyLineFromOneThatIsNotAnswered() throws Exception {
        String busy = placed("busy");
        String unanswered = placed("unanswered");
        awaitBound(busy);
        awaitBound(unanswered);

        end(busy, Course.BUSY, "busy");
        end(unanswered, Course.NO_ANSWER, "no_answer");

        assertThat(slots(busy)).isZero();
        assertThat(slots(unanswered)).isZero();
    }

    @Test
    void failsACallThatIsRefusedAndFreesItsSlot() throws Exception {
        provider().next(DialFault.REFUSED);
        String id = placed("refused");

        awaitStatus(service(), account(), id, "failed");

        assertThat(errorCode(record(id))).isNotEmpty();
        assertThat(slots(id)).isZero();
        assertThat(provider().creates(id)).isEqualTo(1);
        assertThat(provider().execution(id)).isEmpty();
    }

    @Test
    void triesACallAgainThatTheProviderIsTooBusyFor() throws Exception {
        provider().next(DialFault.BUSY);
        String id = placed("later");

        awaitBound(id);

        assertThat(provider().creates(id)).isEqualTo(2);
        assertThat(events(id)).contains("put_back");
        end(id, Course.COMPLETED, "completed");
    }

    @Test
    void keepsTheSlotOfALostAnswerUntilTheProviderIsAsked() throws Exception {
        provider().next(DialFault.ANSWER_LOST);
        String id = placed("lost");
        awaitStatus(service(), account(), id, "dial_unknown");
        assertThat(slots(id)).isEqualTo(1);

        awaitBound(id);

        assertThat(provider().execution(id)).contains(executionId(id));
        assertThat(provider().creates(id)).isEqualTo(1);
        end(id, Course.COMPLETED, "completed");
        assertThat(slots(id)).isZero();
    }

    @Test
    void letsTheWebhookBindACallWhoseAnswerWasLost() throws Exception {
        provider().next(DialFault.ANSWER_LOST);
        String id = placed("bound-by-webhook");
        awaitStatus(service(), account(), id, "dial_unknown");

        end(id, Course.COMPLETED, "completed");

        assertThat(provider().execution(id)).contains(executionId(id));
        assertThat(provider().creates(id)).isEqualTo(1);
        assertThat(slots(id)).isZero();
    }

    @Test
    void takesABrokenConnectionForALostAnswer() throws Exception {
        provider().next(DialFault.BROKEN_AFTER);
        String id = placed("broken");

        awaitBound(id);

        assertThat(events(id)).contains("dial_unknown");
        assertThat(provider().creates(id)).isEqualTo(1);
        end(id, Course.BUSY, "busy");
    }

    @Test
    void takesAnAnswerThatMakesNoSenseForALostOne() throws Exception {
        provider().next(DialFault.UNREADABLE);
        String id = placed("unreadable");

        awaitBound(id);

        assertThat(events(id)).contains("dial_unknown");
        assertThat(provider().creates(id)).isEqualTo(1);
        end(id, Course.NO_ANSWER, "no_answer");
    }

    @Test
    void failsACallThatWasNeverPlacedAndDialsTheNext() throws Exception {
        provider().next(DialFault.REQUEST_LOST);
        String id = placed("never");
        awaitStatus(service(), account(), id, "dial_unknown");

        awaitStatus(service(), account(), id, "failed");

        assertThat(errorCode(record(id))).isEqualTo("DIAL_NOT_PLACED");
        assertThat(slots(id)).isZero();
        assertThat(provider().creates(id)).isEqualTo(1);
        String next = placed("next");
        awaitBound(next);
        end(next, Course.COMPLETED, "completed");
    }

    @Test
    void takesAWebhookThatIsFasterThanTheDialsAnswer() throws Exception {
        provider().next(DialFault.ANSWER_LOST);
        String id = placed("faster");
        Until.holds(World.PATIENCE, id + " is placed", () -> provider().execution(id).isPresent());

        end(id, Course.COMPLETED, "completed");

        assertThat(executionId(id)).isEqualTo(provider().execution(id).orElseThrow());
        assertThat(slots(id)).isZero();
        assertThat(provider().creates(id)).isEqualTo(1);
    }

    @Test
    void countsTheSameReportOnce() throws Exception {
        String id = placed("five-times");
        awaitBound(id);
        provider().become(id, Course.COMPLETED);

        for (int i = 0; i < 5; i++) {
            assertThat(provider().tell(service(), id)).isEqualTo(200);
        }

        awaitStatus(service(), account(), id, "completed");
        assertThat(events(id)).containsOnlyOnce("ended");
        assertThat(notices(id)).isEqualTo(1);
    }

    @Test
    void goesNoWayBack() throws Exception {
        String id = placed("reordered");
        awaitBound(id);
        end(id, Course.BUSY, "busy");
        provider().become(id, Course.RINGING);

        assertThat(provider().tell(service(), id)).isEqualTo(200);

        assertThat(record(id).getString("status")).isEqualTo("busy");
        assertThat(slots(id)).isZero();
    }

    @Test
    void believesNobodyWithoutProof() throws Exception {
        String id = placed("forged");
        awaitBound(id);
        provider().become(id, Course.COMPLETED);

        assertThat(provider().forge(service(), id)).isEqualTo(401);

        assertThat(events(id)).doesNotContain("ended");
        end(id, Course.COMPLETED, "completed");
    }

    @Test
    void knowsNoStranger() throws Exception {
        String id = placed("known");
        awaitBound(id);
        provider().become(id, Course.COMPLETED);

        assertThat(provider().tellOfAStranger(service(), id)).isEqualTo(400);

        end(id, Course.COMPLETED, "completed");
    }

    @Test
    void asksAboutACallThatFellSilent() throws Exception {
        String id = placed("silent");
        awaitBound(id);

        provider().become(id, Course.COMPLETED);

        awaitStatus(service(), account(), id, "completed");
        assertThat(slots(id)).isZero();
    }

    @Test
    void dialsOnceHoweverOftenItIsAskedAtOnce() throws Exception {
        String id = id("once");
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 32; i++) {
                answers.add(threads.submit(() -> place(id, "+14155559999")));
            }
        }

        awaitBound(id);

        long replays = 0;
        for (Future<HttpResponse<String>> one : answers) {
            assertThat(one.get().statusCode()).isIn(200, 202);
            replays += one.get().headers().firstValue("Idempotent-Replay").isPresent() ? 1 : 0;
        }
        assertThat(replays).isEqualTo(31);
        assertThat(provider().creates(id)).isEqualTo(1);
        end(id, Course.COMPLETED, "completed");
    }

    /// C1, C2, C8: under ids made here, the same driver twice in one second among them.
    @Test
    void callsEveryDriverToItsEnd() throws Exception {
        List<String> ids = callDrivers("12345", "12345", "777");

        assertThat(ids).hasSize(3).doesNotHaveDuplicates();
        assertThat(ids.getFirst())
                .matches("EL_12345_[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
        for (String id : ids) {
            awaitBound(id);
            end(id, Course.COMPLETED, "completed");
            assertThat(provider().creates(id)).isEqualTo(1);
            assertThat(record(id).getString("driver_id")).isEqualTo(id.split("_", -1)[1]);
            assertThat(slots(id)).isZero();
        }
    }

    @Test
    void hangsUpWhereTheProviderCan() throws Exception {
        String id = placed("hang-up");
        awaitBound(id);
        provider().become(id, Course.ANSWERED);
        provider().tell(service(), id);

        int status = cancel(id);

        assertThat(status).isEqualTo(provider().hangsUp() ? 202 : 409);
        assertThat(provider().toldToHangUp(id)).isEqualTo(provider().hangsUp());
        end(id, Course.COMPLETED, "completed");
    }

    @Test
    void hangsUpOnceTheLostCallIsFound() throws Exception {
        provider().next(DialFault.ANSWER_LOST);
        String id = placed("unwanted");
        awaitStatus(service(), account(), id, "dial_unknown");

        assertThat(cancel(id)).isEqualTo(202);

        awaitBound(id);
        assertThat(events(id)).contains("cancel_requested");
        if (provider().hangsUp()) {
            Until.holds(World.PATIENCE, id + " is hung up", () -> provider().toldToHangUp(id));
        }
        assertThat(provider().creates(id)).isEqualTo(1);
    }
}
