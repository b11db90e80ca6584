package linekeeper.persistence;

import io.helidon.dbclient.DbColumn;
import io.helidon.dbclient.DbRow;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;

/// One row of an answer, read by column name. The plain readers take SQL NULL for a bug, the `…OrNull`
/// ones do not. DbClient's own `as` breaks on NULL, so it is not used.
final class Row {
    private final DbRow row;

    Row(DbRow row) {
        this.row = row;
    }

    String text(String column) {
        return present(column, textOrNull(column));
    }

    @Nullable String textOrNull(String column) {
        Object value = value(column);
        return value == null ? null : value.toString();
    }

    long number(String column) {
        return present(column, numberOrNull(column));
    }

    @Nullable Long numberOrNull(String column) {
        return value(column) instanceof Number number ? (Long) number.longValue() : null;
    }

    int integer(String column) {
        return Math.toIntExact(number(column));
    }

    boolean flag(String column) {
        return (Boolean) present(column, value(column));
    }

    Instant instant(String column) {
        return present(column, instantOrNull(column));
    }

    @Nullable Instant instantOrNull(String column) {
        return value(column) instanceof Timestamp timestamp ? timestamp.toInstant() : null;
    }

    @Nullable BigDecimal decimalOrNull(String column) {
        return (BigDecimal) value(column);
    }

    private @Nullable Object value(String column) {
        DbColumn found = row.column(column);
        return found.get(Object.class);
    }

    private static <T> T present(String column, @Nullable T value) {
        return Objects.requireNonNull(value, () -> "column " + column + " is NULL");
    }
}
