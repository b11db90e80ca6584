package linekeeper.application.contract;

import linekeeper.domain.AccountId;

import java.time.Duration;

/// What goes on beside the calls and after them: results that are told, follow-up work, what was said,
/// reports that are too early, the archive, lists, requests with keys.
final class RandomAftermath {
    private static final int LONGEST_PAUSE = 90_000;

    private final HistoryCourse course;
    private final RandomNotices notices;
    private final RandomWebhooks webhooks;
    private final RandomJobs jobs;
    private final RandomReports reports;
    private final RandomTranscripts transcripts;
    private final RandomArchive archive;
    private final RandomLists lists;
    private final RandomDriverRequests requests;

    RandomAftermath(HistoryCourse course) {
        this.course = course;
        this.notices = new RandomNotices(course);
        this.webhooks = new RandomWebhooks(course);
        this.jobs = new RandomJobs(course);
        this.reports = new RandomReports(course);
        this.transcripts = new RandomTranscripts(course);
        this.archive = new RandomArchive(course);
        this.lists = new RandomLists(course);
        this.requests = new RandomDriverRequests(course);
    }

    void prepare() {
        webhooks.setUp(AccountId.DEFAULT);
        webhooks.setUp(new AccountId("one"));
        jobs.refuse();
    }

    void step() {
        switch (course.random.nextInt(20)) {
            case 0, 1, 2, 3 -> {
                notices.one();
                notices.look();
            }
            case 4 -> webhooks.change();
            case 5, 6, 7 -> {
                jobs.one();
                jobs.look();
            }
            case 8, 9 -> reports.one();
            case 10, 11, 12 -> transcripts.one();
            case 13, 14 -> archive.one();
            case 15 -> lists.list();
            case 16 -> lists.holdingTimes();
            case 17, 18 -> requests.one();
            default -> course.pass(Duration.ofMillis(course.random.nextInt(LONGEST_PAUSE)));
        }
    }
}
