package linekeeper.persistence;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

/// A pool that notes how the database ran each statement it was sent: as it is served, from the plans
/// that the connection keeps. PostgreSQL itself tells (`auto_explain`). Not thread-safe.
final class Explained {
    private static final String TELL =
            """
            LOAD 'auto_explain';
            SET auto_explain.log_level = 'notice';
            SET auto_explain.log_min_duration = 0;
            SET auto_explain.log_analyze = on;
            SET auto_explain.log_buffers = on;
            """;

    private static final String NEXT = "SELECT 'next'";

    private final DataSource pool;
    private final List<String> plans = new ArrayList<>();

    Explained(DataSource pool) {
        this.pool = pool;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (proxy, method, arguments) -> opened(method, arguments));
    }

    /// The plans of everything that `work` sends, in that order.
    List<String> plansOf(Runnable work) {
        plans.clear();
        work.run();
        return List.copyOf(plans);
    }

    private @Nullable Object opened(Method method, Object @Nullable [] arguments) throws Throwable {
        Object result = invoke(pool, method, arguments);
        if (!(result instanceof Connection connection)) {
            return result;
        }
        try (Statement tell = connection.createStatement()) {
            tell.execute(TELL);
        }
        return proxy(Connection.class, (proxy, call, with) -> prepared(connection, call, with));
    }

    private @Nullable Object prepared(
            Connection connection, Method method, Object @Nullable [] arguments) throws Throwable {
        Object result = invoke(connection, method, arguments);
        return result instanceof PreparedStatement statement
                ? proxy(
                        PreparedStatement.class,
                        (proxy, call, with) -> executed(statement, call, with))
                : result;
    }

    private @Nullable Object executed(
            PreparedStatement statement, Method method, Object @Nullable [] arguments)
            throws Throwable {
        Object result = invoke(statement, method, arguments);
        if (method.getName().startsWith("execute")) {
            note(statement);
        }
        return result;
    }

    /// A statement that answers rows is told of when the next one comes.
    private void note(PreparedStatement statement) throws SQLException {
        note(statement.getWarnings());
        try (Statement next = statement.getConnection().createStatement()) {
            next.execute(NEXT);
            note(next.getWarnings());
        }
    }

    private void note(@Nullable SQLWarning first) {
        for (SQLWarning told = first; told != null; told = told.getNextWarning()) {
            String text = String.valueOf(told.getMessage());
            if (text.startsWith("duration:") && !text.contains("Query Text: " + NEXT)) {
                plans.add(text);
            }
        }
    }

    private static @Nullable Object invoke(
            Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(
                        Explained.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
