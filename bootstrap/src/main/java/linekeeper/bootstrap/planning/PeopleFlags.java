package linekeeper.bootstrap.planning;

import linekeeper.application.planning.People;
import linekeeper.application.planning.People.Shares;

import picocli.CommandLine.Option;

/// What people do, in flags. What nobody says is the same in scenario files.
public final class PeopleFlags {
    static final String SETUP = "PT0.5S";
    static final String RING = "exponential(PT8S)";
    static final String GIVE_UP = "PT30S";
    static final String TALK = "lognormal(PT90S, PT60S)";
    static final String MESSAGE = "PT20S";
    static final Shares SHARES = new Shares(0.05, 0.2, 0.1, 0.01);

    private static final String DEFAULT = " (${DEFAULT-VALUE})";

    @Option(
            names = "--busy",
            paramLabel = "SHARE",
            description = "share of calls to people who are busy" + DEFAULT)
    private double busy = SHARES.busy();

    @Option(
            names = "--no-answer",
            paramLabel = "SHARE",
            description = "share that nobody answers" + DEFAULT)
    private double noAnswer = SHARES.noAnswer();

    @Option(
            names = "--voicemail",
            paramLabel = "SHARE",
            description = "share that machines answer" + DEFAULT)
    private double voicemail = SHARES.voicemail();

    @Option(names = "--failed", paramLabel = "SHARE", description = "share that fails" + DEFAULT)
    private double failed = SHARES.failed();

    @Option(
            names = "--setup",
            paramLabel = "TIME",
            description = "from the slot to the provider's answer" + DEFAULT)
    private String setup = SETUP;

    @Option(
            names = "--ring",
            paramLabel = "TIME",
            description = "until something answers" + DEFAULT)
    private String ring = RING;

    @Option(
            names = "--give-up",
            paramLabel = "TIME",
            description = "ringing when nobody answers" + DEFAULT)
    private String giveUp = GIVE_UP;

    @Option(names = "--talk", paramLabel = "TIME", description = "a conversation" + DEFAULT)
    private String talk = TALK;

    @Option(names = "--message", paramLabel = "TIME", description = "a call to a machine" + DEFAULT)
    private String message = MESSAGE;

    public People people() {
        return new People(
                new Shares(busy, noAnswer, voicemail, failed),
                Spreads.parse("--setup", setup),
                Spreads.parse("--ring", ring),
                Spreads.parse("--give-up", giveUp),
                Spreads.parse("--talk", talk),
                Spreads.parse("--message", message));
    }
}
