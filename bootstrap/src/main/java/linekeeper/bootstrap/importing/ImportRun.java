package linekeeper.bootstrap.importing;

import linekeeper.application.ImportCalls;
import linekeeper.application.port.PastCalls.Added;
import linekeeper.application.port.PastCalls.PastCall;
import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Imports one file after the other and counts. Not thread-safe.
public final class ImportRun {
    private final ImportCalls importCalls;
    private final PastCallReader reader;
    private final String importId;
    private final Complaints complaints;
    private final List<PastCall> batch = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private long added;
    private long known;
    private long rejected;

    ImportRun(
            ImportCalls importCalls,
            PastCallReader reader,
            String importId,
            Complaints complaints) {
        this.importCalls = importCalls;
        this.reader = reader;
        this.importId = importId;
        this.complaints = complaints;
    }

    /// Told after every commit how far it has come.
    interface Watcher {
        void at(ImportRun run);
    }

    /// What is read before the file cannot be read on is kept.
    void file(String name, Rows rows, Watcher watcher) throws IOException {
        try {
            Row row = rows.next();
            while (row != null) {
                take(name, row);
                if (batch.size() == ImportCalls.BATCH) {
                    write(name);
                    watcher.at(this);
                }
                row = rows.next();
            }
        } finally {
            write(name);
            watcher.at(this);
        }
    }

    private void take(String file, Row row) {
        if (!row.broken().isEmpty()) {
            reject(file, row.line(), "", row.broken());
            return;
        }
        try {
            batch.add(reader.read(row));
            lines.add(row.line());
        } catch (InvalidValue e) {
            reject(file, row.line(), e.field(), e.rule());
        }
    }

    private void write(String file) {
        List<Added> answers = importCalls.add(importId, batch);
        for (int i = 0; i < answers.size(); i++) {
            switch (answers.get(i)) {
                case ADDED -> added++;
                case KNOWN -> known++;
                case ID_TAKEN ->
                        reject(file, lines.get(i), "call_id", "was imported with other content");
                case EXECUTION_TAKEN ->
                        reject(file, lines.get(i), "execution_id", "is another call's");
            }
        }
        batch.clear();
        lines.clear();
    }

    private void reject(String file, long line, String field, @Nullable String why) {
        rejected++;
        complaints.add(file, line, field, why == null ? "is wrong" : why);
    }

    public long added() {
        return added;
    }

    public long known() {
        return known;
    }

    public long rejected() {
        return rejected;
    }

    public long read() {
        return added + known + rejected;
    }
}
