package linekeeper.bootstrap.importing;

import jakarta.json.JsonValue;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Comma-separated values with a header (RFC 4180).
final class CsvRows implements Rows {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setIgnoreEmptyLines(true)
                    .get();

    private final Limited reader;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> names;

    /// @throws IOException there is no header, or it names a column twice
    CsvRows(InputStream in) throws IOException {
        this.reader = new Limited(Rows.utf8(in));
        try {
            this.parser = CSVParser.parse(reader, FORMAT);
        } catch (IllegalArgumentException e) {
            throw new IOException("the header is not one: " + e.getMessage(), e);
        }
        this.records = parser.iterator();
        this.names = parser.getHeaderNames().stream().map(Rows::name).toList();
        if (names.isEmpty()) {
            throw new IOException("there is no header");
        }
    }

    @Override
    public @Nullable Row next() throws IOException {
        reader.beginRecord();
        long line = parser.getCurrentLineNumber() + 1;
        try {
            return records.hasNext() ? row(line, records.next()) : null;
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new IOException("line " + line + ": " + e.getMessage(), e);
        }
    }

    private Row row(long line, CSVRecord record) {
        if (record.size() != names.size()) {
            return Row.broken(
                    line, "has " + record.size() + " columns, the header " + names.size());
        }
        Map<String, JsonValue> fields = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String value = record.get(i).strip();
            if (!value.isEmpty()) {
                fields.put(names.get(i), JSON.createValue(value));
            }
        }
        return Row.of(line, fields);
    }

    /// A quote that is never closed would otherwise read the whole file into one record.
    private static final class Limited extends FilterReader {
        private long read;

        Limited(Reader in) {
            super(in);
        }

        void beginRecord() {
            read = 0;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            read += Math.max(0, count);
            if (read > LONGEST) {
                throw new IOException("a record has more than " + LONGEST + " characters");
            }
            return count;
        }
    }
}
