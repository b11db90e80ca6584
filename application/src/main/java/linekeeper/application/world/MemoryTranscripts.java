package linekeeper.application.world;

import linekeeper.application.port.Transcripts;
import linekeeper.domain.AccountId;
import linekeeper.domain.CallKey;
import linekeeper.domain.ConversationId;
import linekeeper.domain.call.Spoken;
import linekeeper.domain.call.Transcript;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What was said, in memory.
final class MemoryTranscripts implements Transcripts {
    private final MemoryState state;
    private final Map<CallKey, Map<Conversation, Said>> calls = new HashMap<>();
    private final Map<Owned, CallKey> owners = new HashMap<>();

    MemoryTranscripts(MemoryState state) {
        this.state = state;
    }

    @Override
    public Stored append(Conversation conversation, Spoken line) {
        synchronized (state) {
            Said said = said(conversation);
            if (said == null) {
                return new NoSuchCall();
            }
            return isSuperseded(conversation) ? new NothingNew() : said.hear(line);
        }
    }

    @Override
    public Stored replace(Conversation conversation, List<Spoken> lines, boolean whole) {
        synchronized (state) {
            Said said = said(conversation);
            return said == null ? new NoSuchCall() : said.supersede(lines, whole);
        }
    }

    private @Nullable Said said(Conversation conversation) {
        CallKey key = conversation.call();
        if (state.archived.contains(key)) {
            return null;
        }
        ConversationId id = conversation.id();
        boolean foreign =
                id != null
                        && !owners.computeIfAbsent(new Owned(key.account(), id), none -> key)
                                .equals(key);
        return foreign || !state.calls.containsKey(key)
                ? null
                : calls.computeIfAbsent(key, none -> new HashMap<>())
                        .computeIfAbsent(conversation, none -> new Said());
    }

    private boolean isSuperseded(Conversation conversation) {
        return conversation.id() == null
                && calls.getOrDefault(conversation.call(), Map.of()).entrySet().stream()
                        .filter(other -> other.getKey().attempt() == conversation.attempt())
                        .filter(other -> other.getKey().id() != null)
                        .anyMatch(other -> other.getValue().transcript.whole());
    }

    @Override
    public List<Line> of(CallKey call, int after, int most) {
        synchronized (state) {
            List<Spoken> lines =
                    calls.getOrDefault(call, Map.of()).entrySet().stream()
                            .filter(one -> !isSuperseded(one.getKey()))
                            .sorted(Map.Entry.comparingByKey(IN_ORDER))
                            .map(one -> one.getValue().lines)
                            .flatMap(Collection::stream)
                            .toList();
            return IntStream.range(after, lines.size())
                    .limit(most)
                    .mapToObj(i -> new Line(i + 1, lines.get(i)))
                    .toList();
        }
    }

    private static final Comparator<Conversation> IN_ORDER =
            Comparator.comparingInt(Conversation::attempt)
                    .thenComparing(one -> one.id() == null ? "" : one.id().value());

    private record Owned(AccountId account, ConversationId id) {}

    private static final class Said {
        private Transcript transcript = Transcript.EMPTY;
        private List<Spoken> lines = new ArrayList<>();

        Stored hear(Spoken line) {
            return switch (transcript.hear(line)) {
                case Transcript.Grown(Transcript next) -> {
                    transcript = next;
                    lines.add(line);
                    yield new Kept(next.lines());
                }
                case Transcript.PastIt() -> new NothingNew();
                case Transcript.Full() -> new Full();
            };
        }

        Stored supersede(List<Spoken> told, boolean whole) {
            List<Spoken> fitting = Transcript.fitting(told);
            return transcript
                    .supersede(fitting, whole)
                    .<Stored>map(
                            next -> {
                                transcript = next;
                                lines = new ArrayList<>(fitting);
                                return new Kept(next.lines());
                            })
                    .orElseGet(NothingNew::new);
        }
    }
}
