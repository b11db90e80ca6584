package linekeeper.application.contract;

import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.CampaignId;
import linekeeper.domain.ProviderName;
import linekeeper.domain.account.Account;
import linekeeper.domain.queue.Rate;

import java.time.Duration;
import java.util.List;

/// The same random operations, in the same order, on whatever stores it is given; what they answered
/// comes out as lines, to be compared with what other stores answered (D2, D3).
public final class RandomHistory {
    private final HistoryCourse course;
    private final RandomAdmissions admissions;
    private final RandomChanges changes;
    private final RandomSettings settings;
    private final RandomLooks looks;
    private final RandomAftermath aftermath;

    private RandomHistory(HistoryCourse course) {
        this.course = course;
        this.admissions = new RandomAdmissions(course);
        this.changes = new RandomChanges(course);
        this.settings = new RandomSettings(course);
        this.looks = new RandomLooks(course);
        this.aftermath = new RandomAftermath(course);
    }

    /// @param nodes stores over the same data; each operation goes to any of them
    public static List<String> run(List<Stores> nodes, long seed, int steps) {
        HistoryCourse course = new HistoryCourse(nodes, seed);
        RandomHistory history = new RandomHistory(course);
        history.prepare(nodes.getFirst());
        for (int i = 0; i < steps; i++) {
            history.step();
        }
        history.looks.audit();
        return course.answers;
    }

    /// One of several histories that run at the same time over the same data: what
    /// it is answered depends on the others too, so nothing is compared.
    ///
    /// @param nodes stores whose accounts and agents an earlier history has made
    public static void runAmongOthers(List<Stores> nodes, long seed, int steps) {
        RandomHistory history = new RandomHistory(new HistoryCourse(nodes, seed));
        for (int i = 0; i < steps; i++) {
            history.step();
        }
    }

    private void prepare(Stores stores) {
        for (String account : List.of("one", "two")) {
            stores.accounts().create(Account.named(new AccountId(account)));
        }
        stores.limitCampaign(AccountId.DEFAULT, new CampaignId("a"), 1);
        stores.paceCampaign(AccountId.DEFAULT, new CampaignId("b"), Rate.perSecond("0.7"));
        stores.paceCampaign(new AccountId("one"), new CampaignId("a"), Rate.perSecond("2.5"));
        for (String account : List.of("default", "one")) {
            agent(account, "spare");
            agent(account, "other");
        }
        aftermath.prepare();
    }

    private void agent(String account, String name) {
        settings.agent(
                new AccountId(account), new AgentId(name), new ProviderName(name), List.of());
    }

    private void step() {
        course.step();
        if (course.once(2)) {
            aftermath.step();
        } else {
            stepOfACall();
        }
    }

    private void stepOfACall() {
        switch (course.random.nextInt(24)) {
            case 0, 1, 2, 3, 4 -> admissions.one();
            case 5, 6 -> admissions.many();
            case 7, 8, 9 -> admissions.claim();
            case 10, 11, 12, 13, 14, 15, 16 -> changes.change();
            case 17 -> changes.reportLate();
            case 18 -> settings.change();
            case 19 -> looks.takeUnsettled();
            case 20 -> looks.look();
            case 21 -> looks.lookForOthers();
            case 22 -> changes.hide();
            default -> course.pass(Duration.ofMillis(course.random.nextInt(3_000)));
        }
    }
}
