package linekeeper.http;

import linekeeper.application.port.Transcripts;
import linekeeper.domain.CallKey;
import linekeeper.domain.call.Spoken;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was said in the calls, one list each.
final class FakeTranscripts implements Transcripts {
    private final Map<CallKey, List<Line>> lines = new HashMap<>();

    @Override
    public synchronized Stored append(Conversation conversation, Spoken line) {
        List<Line> said = lines.computeIfAbsent(conversation.call(), none -> new ArrayList<>());
        said.add(new Line(said.size() + 1, line));
        return new Kept(said.size());
    }

    @Override
    public synchronized Stored replace(
            Conversation conversation, List<Spoken> told, boolean whole) {
        lines.remove(conversation.call());
        told.forEach(line -> append(conversation, line));
        return new Kept(told.size());
    }

    @Override
    public synchronized List<Line> of(CallKey call, int after, int most) {
        return lines.getOrDefault(call, List.of()).stream().skip(after).limit(most).toList();
    }
}
