package linekeeper.persistence;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

/// A pool that notes how the database really ran each statement it was sent, with its real parameters:
/// before a statement runs it is run once under `EXPLAIN ANALYZE` and taken back. Not thread-safe.
final class Explained {
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
        return result instanceof Connection connection
                ? proxy(Connection.class, (proxy, call, with) -> prepared(connection, call, with))
                : result;
    }

    private @Nullable Object prepared(
            Connection connection, Method method, Object @Nullable [] arguments) throws Throwable {
        Object result = invoke(connection, method, arguments);
        if (!(result instanceof PreparedStatement statement) || arguments == null) {
            return result;
        }
        PreparedStatement twin =
                connection.prepareStatement("EXPLAIN (ANALYZE, BUFFERS) " + arguments[0]);
        return proxy(
                PreparedStatement.class,
                (proxy, call, with) -> executed(connection, statement, twin, call, with));
    }

    private @Nullable Object executed(
            Connection connection,
            PreparedStatement statement,
            PreparedStatement twin,
            Method method,
            Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().startsWith("set")) {
            invoke(twin, method, arguments);
        }
        if (method.getName().startsWith("execute")) {
            explain(connection, twin);
        }
        return invoke(statement, method, arguments);
    }

    private void explain(Connection connection, PreparedStatement twin) throws SQLException {
        var before = connection.setSavepoint();
        StringBuilder plan = new StringBuilder();
        try (twin;
                ResultSet lines = twin.executeQuery()) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        connection.rollback(before);
        plans.add(plan.toString());
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
