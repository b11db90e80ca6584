package linekeeper.telephony.twilio;

import linekeeper.application.port.DialOrder;
import linekeeper.application.port.ExecutionReport.Echo;
import linekeeper.telephony.twilio.TwilioSettings.Defaults;

import java.util.List;

/// The form of `POST …/Calls.json`.
final class TwilioCall {
    private static final String RING_SECONDS = "60";
    private static final List<String> EVENTS =
            List.of("initiated", "ringing", "answered", "completed");

    /// Twilio repeats a callback only if it is told to: when we could not be reached, did not answer in
    /// time, or could not store it. A 4xx would be the same again.
    private static final String REPEATED = "#rc=3&rp=5xx,ct,rt";

    private final Echo echo;
    private final Defaults defaults;
    private final String publicUrl;

    private TwilioCall(Echo echo, TwilioSettings settings) {
        this.echo = echo;
        this.defaults = settings.defaults();
        this.publicUrl = settings.publicUrl();
    }

    static Form form(DialOrder order, String from, TwilioAgent agent, TwilioSettings settings) {
        TwilioCall call = new TwilioCall(order.echo(), settings);
        Form form =
                new Form()
                        .add("To", order.request().recipient().phone().value())
                        .add("From", from)
                        .add("Timeout", RING_SECONDS);
        call.addAgent(form, agent);
        call.addStatusCallback(form);
        call.addMachineDetection(form);
        call.addRecording(form);
        return form;
    }

    private void addAgent(Form form, TwilioAgent agent) {
        switch (agent) {
            case TwilioAgent.Application(String sid) -> form.add("ApplicationSid", sid);
            case TwilioAgent.VoiceUrl(String url) -> form.add("Url", OurIds.in(url, echo));
        }
    }

    /// Each event is a parameter of its own: a list in one is accepted, and then nothing is ever told.
    private void addStatusCallback(Form form) {
        form.add("StatusCallback", callback("status"));
        EVENTS.forEach(event -> form.add("StatusCallbackEvent", event));
    }

    private void addMachineDetection(Form form) {
        String mode = defaults.machineDetection().parameter();
        if (mode != null) {
            form.add("MachineDetection", mode)
                    .add("AsyncAmd", "true")
                    .add("AsyncAmdStatusCallback", callback("amd"));
        }
    }

    private void addRecording(Form form) {
        if (defaults.record()) {
            form.add("Record", "true")
                    .add("RecordingStatusCallback", callback("recording"))
                    .add("RecordingStatusCallbackEvent", "completed");
        }
    }

    private String callback(String kind) {
        return OurIds.in(publicUrl + "/webhooks/twilio/" + kind + REPEATED, echo);
    }
}
