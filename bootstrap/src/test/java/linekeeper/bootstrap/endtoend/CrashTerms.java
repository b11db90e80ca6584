package linekeeper.bootstrap.endtoend;

/// What a crash campaign is made of; its random choices follow from the seed.
///
/// @param rounds of load, crash and recovery, at least 1
/// @param nodes 1: a service with its own embedded database; more: that many share one
record CrashTerms(long seed, int rounds, int nodes) {
    CrashTerms {
        if (rounds < 1 || nodes < 1) {
            throw new IllegalArgumentException("rounds and nodes must be at least 1");
        }
    }
}
