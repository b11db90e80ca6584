package linekeeper.bootstrap.endtoend;

import java.util.List;

/// What came of a crash campaign.
///
/// @param summary one line
/// @param evidence of each promise that was broken; empty: all were kept
record CrashReport(String summary, List<String> evidence) {}
