package linekeeper.persistence;

import linekeeper.application.port.Transcripts.Conversation;
import linekeeper.application.port.Transcripts.Full;
import linekeeper.application.port.Transcripts.Kept;
import linekeeper.application.port.Transcripts.NoSuchCall;
import linekeeper.application.port.Transcripts.NothingNew;
import linekeeper.application.port.Transcripts.Stored;
import linekeeper.domain.call.Spoken;
import linekeeper.domain.call.Transcript;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One commit's lines: locks their conversations, numbers the lines one after the other, and writes
/// them.
final class TranscriptBatch {
    private final Map<Id, Growing> found = new LinkedHashMap<>();

    private TranscriptBatch() {}

    /// What is to be kept.
    sealed interface Asked {
        Conversation conversation();
    }

    record Heard(Conversation conversation, Spoken line) implements Asked {}

    record Told(Conversation conversation, List<Spoken> lines, boolean whole) implements Asked {}

    /// What became of each, in the order they were asked.
    static List<Stored> write(Database database, List<Asked> asked) {
        TranscriptBatch batch = new TranscriptBatch();
        batch.load(database, asked.stream().map(one -> Place.of(one.conversation())).toList());
        List<Stored> answers = asked.stream().map(batch::keep).toList();
        List<Growing> grown = batch.found.values().stream().filter(Growing::isDirty).toList();
        if (!grown.isEmpty()) {
            TranscriptSql.write(database, grown);
        }
        return answers;
    }

    /// A conversation that is not there yet is the provider's first word of it.
    private void load(Database database, List<Place> places) {
        lock(database, places);
        List<Place> missing =
                places.stream()
                        .filter(place -> !found.containsKey(place.key()))
                        .distinct()
                        .toList();
        if (!missing.isEmpty()) {
            TranscriptSql.insert(database, missing);
            lock(database, missing);
        }
    }

    private void lock(Database database, List<Place> places) {
        TranscriptSql.lock(database, places)
                .forEach(growing -> found.put(growing.place().key(), growing));
    }

    private Stored keep(Asked asked) {
        Place place = Place.of(asked.conversation());
        Growing growing = found.get(place.key());
        if (growing == null || !growing.place().call().equals(place.call())) {
            return new NoSuchCall();
        }
        return switch (asked) {
            case Heard(Conversation at, Spoken line) -> growing.hear(line);
            case Told(Conversation at, List<Spoken> lines, boolean whole) ->
                    growing.supersede(lines, whole);
        };
    }

    private record Id(String account, String conversation) {}

    /// A conversation's row.
    ///
    /// @param id the provider's, or our own for one without: those begin with a space, as no
    ///     provider's can, and so come first
    record Place(String account, String call, int attempt, String id) {
        private Id key() {
            return new Id(account, id);
        }

        static Place of(Conversation conversation) {
            String call = conversation.call().call().value();
            String unnamed = " " + conversation.attempt() + " " + call;
            return new Place(
                    conversation.call().account().value(),
                    call,
                    conversation.attempt(),
                    conversation.id() == null ? unnamed : conversation.id().value());
        }
    }

    /// A conversation as the batch so far has left it.
    static final class Growing {
        private final Place place;
        private final Transcript before;
        private final boolean superseded;
        private final List<Spoken> added = new ArrayList<>();
        private Transcript transcript;
        private boolean replaced;

        /// @param superseded the provider has told all of it under another name
        Growing(Place place, Transcript before, boolean superseded) {
            this.place = place;
            this.before = before;
            this.superseded = superseded;
            this.transcript = before;
        }

        Stored hear(Spoken line) {
            if (superseded) {
                return new NothingNew();
            }
            return switch (transcript.hear(line)) {
                case Transcript.Grown(Transcript next) -> {
                    transcript = next;
                    added.add(line);
                    yield new Kept(next.lines());
                }
                case Transcript.PastIt() -> new NothingNew();
                case Transcript.Full() -> new Full();
            };
        }

        Stored supersede(List<Spoken> told, boolean whole) {
            List<Spoken> fitting = Transcript.fitting(told);
            Transcript next = transcript.supersede(fitting, whole).orElse(null);
            return superseded || next == null ? new NothingNew() : replace(fitting, next);
        }

        private Stored replace(List<Spoken> lines, Transcript next) {
            replaced = true;
            added.clear();
            added.addAll(lines);
            transcript = next;
            return new Kept(next.lines());
        }

        boolean isDirty() {
            return !transcript.equals(before);
        }

        /// Whether it has lines in the database that are none any more.
        boolean leavesLines() {
            return replaced && before.lines() > 0;
        }

        Place place() {
            return place;
        }

        Transcript transcript() {
            return transcript;
        }

        List<Line> lines() {
            int first = transcript.lines() - added.size() + 1;
            List<Line> lines = new ArrayList<>();
            added.forEach(line -> lines.add(new Line(place, first + lines.size(), line)));
            return lines;
        }
    }

    /// A new line of a conversation.
    record Line(Place place, int sequence, Spoken spoken) {
        @Nullable Object at() {
            return spoken.at();
        }
    }
}
