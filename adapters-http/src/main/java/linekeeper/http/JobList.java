package linekeeper.http;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonObject;

import linekeeper.application.port.Job;
import linekeeper.application.port.Jobs;
import linekeeper.domain.InvalidValue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Shows the follow-up work that is not done yet, and has what was given up tried again (E1).
final class JobList implements HttpService {
    private final Api api;
    private final Jobs jobs;

    JobList(Api api) {
        this.api = api;
        this.jobs = api.services().people().jobs();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes()
                .at(rules)
                .get("/api/jobs", this::list)
                .post("/api/jobs/{job_id}/retry", this::retry);
    }

    private void list(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Query query = new Query(request);
        int limit = query.limit();
        Job.Status status = query.word("status", JobList::status);
        Long after = query.value("cursor", Cursors::readNumber);
        List<Job> found =
                jobs.list(
                        caller.account(),
                        status,
                        after == null ? 0 : after,
                        Page.oneMoreThan(limit));
        Page.of(found, limit, job -> Cursors.writeNumber(job.number()))
                .send(response, JobList::json);
    }

    private static Optional<Job.Status> status(String word) {
        return Arrays.stream(Job.Status.values())
                .filter(s -> s.wireName().equals(word))
                .findFirst();
    }

    private void retry(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        long number = number(Api.path(request, "job_id"));
        Reply.ok(
                response,
                jobs.retry(caller.account(), number, api.services().clock().instant())
                        .map(JobList::json)
                        .orElseThrow(Missing::job));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidValue("job_id", "must be a whole number");
        }
    }

    private static JsonObject json(Job job) {
        return new Members()
                .text("id", job.number())
                .text("kind", job.kind().wireName())
                .text("call_id", job.call())
                .text("status", job.status().wireName())
                .number("attempts", job.attempts())
                .text("due_at", job.dueAt())
                .text("last_error", job.lastError())
                .text("created_at", job.createdAt())
                .build();
    }
}
