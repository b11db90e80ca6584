package linekeeper.bootstrap.importing;

import linekeeper.application.ImportCalls;
import linekeeper.domain.AccountId;
import linekeeper.domain.ProviderName;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The whole import of some files, with its words for the screen.
///
/// @param importId by which it can be taken back
/// @param format of every file; null: its name says
/// @param errors where all complaints go; null: nowhere
/// @param shown how many complaints the screen gets
/// @param terminal whether the screen can be redrawn
public record ImportFiles(
        AccountId account,
        ProviderName provider,
        String importId,
        @Nullable Format format,
        @Nullable Path errors,
        int shown,
        boolean terminal) {
    /// Standard input as a file name.
    public static final String STANDARD_INPUT = "-";

    /// How records are written.
    public enum Format {
        CSV,
        JSONL;

        /// Empty: the name does not say.
        public static Optional<Format> of(String file) {
            String name = file.toLowerCase(Locale.ROOT);
            if (name.endsWith(".csv")) {
                return Optional.of(CSV);
            }
            boolean lines = name.endsWith(".jsonl") || name.endsWith(".ndjson");
            return lines || name.endsWith(".json") ? Optional.of(JSONL) : Optional.empty();
        }
    }

    /// @throws IOException a file cannot be read on; what was read is imported
    public ImportRun run(ImportCalls importCalls, List<String> files, PrintWriter out, Instant now)
            throws IOException {
        try (PrintWriter all =
                errors == null ? null : new PrintWriter(Files.newBufferedWriter(errors))) {
            Complaints complaints = new Complaints(out, all, shown);
            PastCallReader reader = new PastCallReader(account, provider, now);
            ImportRun run = new ImportRun(importCalls, reader, importId, complaints);
            for (String file : files) {
                read(run, file, out);
            }
            if (complaints.hidden() > 0) {
                out.println("... and " + complaints.hidden() + " more");
            }
            return run;
        }
    }

    private void read(ImportRun run, String file, PrintWriter out) throws IOException {
        boolean standard = file.equals(STANDARD_INPUT);
        long size = standard ? 0 : Files.size(Path.of(file));
        try (Counted in = new Counted(standard ? System.in : Files.newInputStream(Path.of(file)))) {
            Progress progress = new Progress(out, terminal, size);
            Format written = format == null ? Format.of(file).orElseThrow() : format;
            Rows rows = written == Format.CSV ? new CsvRows(in) : new JsonRows(in);
            try {
                run.file(file, rows, now -> progress.show(in.count, now.read()));
            } finally {
                progress.end(run.read());
            }
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8", e);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(new BufferedInputStream(in, 1 << 16));
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
