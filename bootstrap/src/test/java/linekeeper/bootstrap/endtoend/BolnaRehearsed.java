package linekeeper.bootstrap.endtoend;

import linekeeper.telephony.bolna.fake.FakeBolna;
import linekeeper.telephony.bolna.fake.FakeExecution;
import linekeeper.telephony.bolna.fake.Fault;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;

/// Bolna, as the suite rehearses it.
final class BolnaRehearsed implements ProviderFake {
    private final FakeBolna bolna;

    /// @param bolna the caller's to close
    BolnaRehearsed(FakeBolna bolna) {
        this.bolna = bolna;
    }

    @Override
    public String name() {
        return "bolna";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public void next(DialFault fault) {
        bolna.next(
                switch (fault) {
                    case ANSWER_LOST -> Fault.HANG_AFTER;
                    case REQUEST_LOST -> Fault.HANG_BEFORE;
                    case BROKEN_AFTER -> Fault.DROP_AFTER;
                    case UNREADABLE -> Fault.MALFORMED;
                    case BUSY -> Fault.RATE_LIMITED;
                    case REFUSED -> Fault.REJECTED;
                });
    }

    @Override
    public void release() {
        bolna.release();
    }

    @Override
    public int creates(String callId) {
        return bolna.ledger().creates("bolna", callId, 1);
    }

    @Override
    public Optional<String> execution(String callId) {
        return find(callId).map(FakeExecution::id);
    }

    @Override
    public void become(String callId, Course course) {
        bolna.become(
                find(callId).orElseThrow(),
                switch (course) {
                    case RINGING -> "ringing";
                    case ANSWERED -> "in-progress";
                    case COMPLETED -> "completed";
                    case NO_ANSWER -> "no-answer";
                    case BUSY -> "busy";
                });
    }

    @Override
    public int tell(ServiceProcess service, String callId) throws Exception {
        return post(service, ServiceProcess.WEBHOOK_TOKEN, body(callId)).statusCode();
    }

    @Override
    public int forge(ServiceProcess service, String callId) throws Exception {
        return post(service, "guessed", body(callId)).statusCode();
    }

    @Override
    public int tellOfAStranger(ServiceProcess service, String callId) throws Exception {
        String body = body(callId).replace("\"" + callId + "\"", "\"stranger\"");
        return post(service, ServiceProcess.WEBHOOK_TOKEN, body).statusCode();
    }

    private static HttpResponse<String> post(ServiceProcess service, String token, String body)
            throws Exception {
        return service.post("bolna", "/webhooks/bolna/" + token, body);
    }

    private String body(String callId) {
        return find(callId).orElseThrow().full().toString();
    }

    private Optional<FakeExecution> find(String callId) {
        return bolna.ledger().all().stream().filter(one -> one.callId().equals(callId)).findFirst();
    }

    @Override
    public boolean tellsProgress() {
        return true;
    }

    @Override
    public boolean hangsUp() {
        return false;
    }

    @Override
    public boolean toldToHangUp(String callId) {
        return false;
    }

    @Override
    public void close() {}
}
