package linekeeper.application.port;

import linekeeper.domain.AccountId;
import linekeeper.domain.CallId;
import linekeeper.domain.call.CallSid;
import linekeeper.domain.call.EndedCall;

import java.time.Instant;
import java.util.List;

/// Calls that were made before this service had them (C6).
public interface PastCalls {
    /// Records ended calls in one commit, each with the timeline line `imported`; no notice and no job
    /// follows. Takes no lock that an accept waits for. Repeating it changes nothing.
    ///
    /// A record that brings no id gets the plain one made of its driver and second. If another record
    /// has that, its own content is added to the id, so that the same record always gets the same id,
    /// wherever it stands and however often the import is begun.
    ///
    /// @param importId by which they can be taken back
    /// @return in the order of the calls
    List<Added> add(String importId, List<PastCall> calls, Instant now);

    /// Takes back at most `most` calls of an import; how many, 0: none is left.
    int remove(AccountId account, String importId, int most);

    /// A record to import.
    ///
    /// @param call under its own id, or under the plain one made for it
    /// @param fingerprint hexadecimal digest of the record's content
    /// @param named whether the record brought its id
    record PastCall(EndedCall call, String fingerprint, boolean named) {
        /// The id that only this content gets.
        public CallId distinctId() {
            var accepted = call.accepted();
            return CallSid.ofRecord(
                    accepted.request().grouping().driver(), accepted.createdAt(), fingerprint);
        }
    }

    /// What became of a record.
    enum Added {
        /// It is recorded.
        ADDED,
        /// It was there before.
        KNOWN,
        /// Another record brought the same id with other content.
        ID_TAKEN,
        /// Another call has its execution id.
        EXECUTION_TAKEN
    }
}
