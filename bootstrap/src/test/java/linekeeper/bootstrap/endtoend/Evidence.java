package linekeeper.bootstrap.endtoend;

import linekeeper.telephony.bolna.fake.FakeExecution;
import linekeeper.telephony.bolna.fake.FakeLedger;

import java.util.List;

/// Tells of a broken promise with all that is known of its call: what the database has, what the provider
/// saw, what the backend was told.
record Evidence(Books books, FakeLedger provider, List<Backend.Told> told) {
    String of(Broken broken) {
        StringBuilder text = new StringBuilder("BROKEN " + broken);
        if (books.calls().contains(broken.call())) {
            Books.Entry entry = books.of(broken.call());
            line(text, "record", entry.status() + " " + entry.attempts());
            entry.timeline()
                    .forEach(
                            line ->
                                    line(
                                            text,
                                            line.at(),
                                            "%d %s %s"
                                                    .formatted(
                                                            line.sequence(),
                                                            line.event(),
                                                            line.detail())));
        }
        for (FakeExecution one : provider.all()) {
            if (broken.call().equals(one.accountId() + " " + one.callId())) {
                line(
                        text,
                        "provider",
                        "%s %s %s".formatted(one.createdAt(), one.id(), one.status()));
            }
        }
        for (Backend.Told one : told) {
            if (broken.call().endsWith(" " + one.call())) {
                line(text, "told", "%d %s %s".formatted(one.answered(), one.id(), one.body()));
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String source, String what) {
        text.append(System.lineSeparator()).append("    ").append(source).append("  ").append(what);
    }
}
