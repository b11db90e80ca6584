package linekeeper.http;

import io.helidon.common.parameters.Parameters;
import io.helidon.common.uri.UriPath;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers.MatchResult;
import io.helidon.http.PathMatchers.PrefixMatchResult;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Matches paths as they came over the wire, segment by segment, and decodes each parameter by itself:
/// ids may contain any printable character (A6), an encoded `/` among them, and Helidon's own matcher
/// decodes before it splits.
final class PathPattern implements PathMatcher {
    private static final char SEPARATOR = '/';

    private final String pattern;
    private final List<String> segments;

    /// @param pattern as in `/api/calls/{call_id}`
    PathPattern(String pattern) {
        this.pattern = pattern;
        this.segments = split(pattern);
    }

    @Override
    public MatchResult match(UriPath path) {
        return parameters(path.rawPath())
                .map(found -> new MatchResult(true, new MatchedPath(path, found)))
                .orElseGet(MatchResult::notAccepted);
    }

    @Override
    public PrefixMatchResult prefixMatch(UriPath path) {
        return PrefixMatchResult.notAccepted();
    }

    boolean matches(UriPath path) {
        return parameters(path.rawPath()).isPresent();
    }

    /// Whether it has no parameters.
    boolean isLiteral() {
        return segments.stream().noneMatch(PathPattern::isParameter);
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    private Optional<Parameters> parameters(String rawPath) {
        List<String> raw = split(rawPath);
        if (raw.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, List<String>> found = new HashMap<>();
        for (int i = 0; i < raw.size(); i++) {
            String expected = segments.get(i);
            String actual = decoded(raw.get(i));
            if (isParameter(expected) && !actual.isEmpty()) {
                found.put(expected.substring(1, expected.length() - 1), List.of(actual));
            } else if (!expected.equals(actual)) {
                return Optional.empty();
            }
        }
        return Optional.of(Parameters.create("path", found));
    }

    private static List<String> split(String path) {
        return List.of(path.split(String.valueOf(SEPARATOR), -1));
    }

    /// The plus sign is itself in a path; only a form takes it for a space.
    private static String decoded(String segment) {
        return segment.indexOf('%') < 0
                ? segment
                : URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return pattern;
    }
}
