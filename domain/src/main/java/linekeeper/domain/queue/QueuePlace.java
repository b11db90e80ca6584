package linekeeper.domain.queue;

/// Where a waiting call stands in its account's queue.
///
/// @param position 1 is next (D5): one more than the calls that would be started before it
/// @param total waiting calls of the account, this one included
public record QueuePlace(int position, int total) {
    public QueuePlace {
        if (position < 1 || total < position) {
            throw new IllegalArgumentException("position " + position + " of " + total);
        }
    }
}
