package linekeeper.bootstrap.bench;

/// What calls cost while the meter ran.
///
/// @param commits of the service, those of transactions that only read among them
/// @param walBytes what the database wrote into its log
/// @param rssMb the most that this process occupied in memory
/// @param heapMb the most that its heap held, garbage included
/// @param bytesPerCall by which the database had grown when all calls of the run were over, the log
///     left aside; 0: not measured
record Cost(
        double seconds,
        long calls,
        long commits,
        long statements,
        long walBytes,
        long rssMb,
        long heapMb,
        double bytesPerCall) {
    private static final double MILLION = 1e6;

    double perSecond() {
        return calls / seconds;
    }

    /// @param grown bytes by which the database is larger than without these calls
    Cost withSize(long grown, long everyCall) {
        double perCall = (double) grown / Math.max(1, everyCall);
        return new Cost(seconds, calls, commits, statements, walBytes, rssMb, heapMb, perCall);
    }

    void tell(Findings findings) {
        tell(findings, "commits_per_call", commits, "%.2f", "those that only read among them");
        tell(findings, "statements_per_call", statements, "%.2f", "");
        tell(findings, "wal_bytes_per_call", walBytes, "%,.0f", "");
        findings.put("database_bytes_per_million_calls", bytesPerCall * MILLION);
        findings.row(
                "database size",
                "%,.2f GB".formatted(bytesPerCall * MILLION / 1e9),
                "per million calls, with indexes; the log not counted");
        findings.put("rss_mb", (double) rssMb);
        findings.put("heap_mb", (double) heapMb);
        findings.row("memory", rssMb + " MB", "resident, at most; heap " + heapMb + " MB");
    }

    private void tell(Findings findings, String name, long total, String format, String note) {
        double perCall = (double) total / Math.max(1, calls);
        findings.put(name, perCall);
        findings.row(name.replace('_', ' '), format.formatted(perCall), note);
    }
}
