package linekeeper.bootstrap.bench;

/// How much there is when claims and admissions are timed.
///
/// @param queued calls that wait
/// @param ended calls on record
/// @param accounts among whom they are spread: half of those that wait are of ten accounts
record Depth(int queued, int ended, int accounts) {}
