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
    private final Map<CallKey, Map<Name, Said>> calls = new HashMap<>();
    private final Map<Name, CallKey> owners = new HashMap<>();

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
            return isSuperseded(said) ? new NothingNew() : said.hear(line);
        }
    }

    @Override
    public Stored replace(Conversation conversation, List<Spoken> lines, boolean whole) {
        synchronized (state) {
            Said said = said(conversation);
            if (said == null) {
                return new NoSuchCall();
            }
            return isSuperseded(said) ? new NothingNew() : said.supersede(lines, whole);
        }
    }

    /// Of a call that is there, unless the conversation is another call's.
    private @Nullable Said said(Conversation conversation) {
        CallKey key = conversation.call();
        if (!state.calls.containsKey(key) || state.archived.contains(key)) {
            return null;
        }
        Name name = Name.of(conversation);
        return key.equals(owners.merge(name, key, this::owner))
                ? calls.computeIfAbsent(key, none -> new HashMap<>())
                        .computeIfAbsent(name, none -> new Said(conversation))
                : null;
    }

    /// A call in the archive has no conversation any more, only a transcript.
    private CallKey owner(CallKey before, CallKey next) {
        return state.archived.contains(before) ? next : before;
    }

    private boolean isSuperseded(Said said) {
        return said.conversation.id() == null
                && calls.getOrDefault(said.conversation.call(), Map.of()).values().stream()
                        .filter(other -> other.conversation.id() != null)
                        .filter(other -> other.attempt() == said.attempt())
                        .anyMatch(other -> other.transcript.whole());
    }

    @Override
    public List<Line> of(CallKey call, int after, int most) {
        synchronized (state) {
            List<Spoken> lines =
                    calls.getOrDefault(call, Map.of()).values().stream()
                            .filter(said -> !isSuperseded(said))
                            .sorted(IN_ORDER)
                            .map(said -> said.lines)
                            .flatMap(Collection::stream)
                            .toList();
            return IntStream.range(after, lines.size())
                    .limit(most)
                    .mapToObj(i -> new Line(i + 1, lines.get(i)))
                    .toList();
        }
    }

    private static final Comparator<Said> IN_ORDER =
            Comparator.comparingInt(Said::attempt).thenComparing(Said::id);

    /// A conversation is one call's attempt's, whatever is said of it later; one that has no name yet has
    /// that of its attempt.
    private record Name(AccountId account, @Nullable Conversation unnamed, String id) {
        static Name of(Conversation conversation) {
            ConversationId id = conversation.id();
            AccountId account = conversation.call().account();
            return id == null
                    ? new Name(account, conversation, "")
                    : new Name(account, null, id.value());
        }
    }

    private static final class Said {
        /// As it was first called.
        private final Conversation conversation;

        private Transcript transcript = Transcript.EMPTY;
        private List<Spoken> lines = new ArrayList<>();

        Said(Conversation conversation) {
            this.conversation = conversation;
        }

        int attempt() {
            return conversation.attempt();
        }

        String id() {
            return conversation.id() == null ? "" : conversation.id().value();
        }

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
