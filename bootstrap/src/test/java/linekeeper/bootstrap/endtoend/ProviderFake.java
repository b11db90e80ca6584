package linekeeper.bootstrap.endtoend;

import linekeeper.telephony.bolna.fake.FakeBolna;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A provider's fake in the words that all providers share, so that one suite can rehearse them all.
interface ProviderFake extends AutoCloseable {
    /// Each of them.
    ///
    /// @param bolna the caller's to close
    static List<ProviderFake> all(FakeBolna bolna) {
        TwilioRehearsed twilio = new TwilioRehearsed();
        return List.of(new BolnaRehearsed(bolna), new ElevenLabsRehearsed(twilio.twilio), twilio);
    }

    /// An account of its name whose calls go through it.
    default void openAccount(ServiceProcess service) throws Exception {
        String account = "{\"account_id\":\"%s\",\"provider\":\"%s\"}".formatted(name(), name());
        service.post("default", "/api/admin/accounts", account);
    }

    /// As accounts name it.
    String name();

    /// What the service must know to dial through it.
    Map<String, String> settings();

    /// The next dial goes this way.
    void next(DialFault fault);

    /// Lets every request that hangs go on.
    void release();

    /// How many create requests came for a call.
    int creates(String callId);

    /// The provider's id of a call; empty: it has none.
    Optional<String> execution(String callId);

    /// The call comes this far at the provider, which says nothing to anybody.
    void become(String callId, Course course);

    /// Posts what the provider posts of the call as it is now; the answer's status.
    int tell(ServiceProcess service, String callId) throws Exception;

    /// The same with a proof that is none.
    int forge(ServiceProcess service, String callId) throws Exception;

    /// The same about a call that nobody handed over.
    int tellOfAStranger(ServiceProcess service, String callId) throws Exception;

    /// Whether it says that a call rings or was answered, before it is over.
    boolean tellsProgress();

    /// Whether it can end a call that has been answered.
    boolean hangsUp();

    /// Whether it was told to end the call.
    boolean toldToHangUp(String callId);

    @Override
    void close();

    /// What goes wrong with a dial.
    enum DialFault {
        /// It is placed, and the answer never comes.
        ANSWER_LOST,
        /// It is not placed, and no answer comes.
        REQUEST_LOST,
        /// It is placed, and the connection breaks.
        BROKEN_AFTER,
        /// It is placed, and the answer makes no sense.
        UNREADABLE,
        /// It is refused for now.
        BUSY,
        /// It is refused for good.
        REFUSED
    }

    /// How far a call comes.
    enum Course {
        RINGING,
        ANSWERED,
        COMPLETED,
        NO_ANSWER,
        BUSY
    }
}
