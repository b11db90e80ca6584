package linekeeper.bootstrap.bench;

/// What calls cost while the meter ran.
///
/// @param commits of the service, those of transactions that only read among them
/// @param walBytes what the database wrote into its log
/// @param rssMb the most that this process occupied in memory
/// @param heapMb the most that its heap held, garbage included
record Cost(
        double seconds,
        long calls,
        long commits,
        long statements,
        long walBytes,
        long rssMb,
        long heapMb) {
    double perSecond() {
        return calls / seconds;
    }

    void tell(Findings findings) {
        tell(findings, "commits_per_call", commits, "%.2f", "those that only read among them");
        tell(findings, "statements_per_call", statements, "%.2f", "");
        tell(findings, "wal_bytes_per_call", walBytes, "%,.0f", "");
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
