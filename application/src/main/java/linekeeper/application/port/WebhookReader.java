package linekeeper.application.port;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Verifies and understands what one provider posts. Throws nothing expected. Thread-safe.
@FunctionalInterface
public interface WebhookReader {
    Reading read(Posted posted, Instant now);

    /// A request as the provider sent it. Immutable.
    final class Posted {
        private final URI url;
        private final Map<String, String> headers;
        private final byte[] body;

        /// @param url under which the provider called us, with its query and without a fragment: behind
        ///     a proxy the public one
        /// @param headers names in lower case; of a repeated one the first
        /// @param body the bytes as they came, for a signature is over them
        public Posted(URI url, Map<String, String> headers, byte[] body) {
            this.url = url;
            this.headers = Map.copyOf(headers);
            this.body = body.clone();
        }

        public URI url() {
            return url;
        }

        public Optional<String> header(String lowerCaseName) {
            return Optional.ofNullable(headers.get(lowerCaseName));
        }

        public byte[] body() {
            return body.clone();
        }
    }

    /// What it was.
    sealed interface Reading {
        /// A report, or, empty, something that is none.
        static Reading of(Optional<ExecutionReport> report) {
            return report.<Reading>map(Told::new)
                    .orElseGet(() -> new Unreadable("Not a report of a call"));
        }
    }

    /// The provider tells something of an execution.
    record Told(ExecutionReport report) implements Reading {}

    /// Nothing proves that the provider sent it.
    record Forged(String why) implements Reading {}

    /// The provider's own, but not of the shape it documents.
    record Unreadable(String why) implements Reading {}

    /// The provider's own, and nothing that concerns a call's course: answered as taken.
    record Ignored(String what) implements Reading {}
}
