package linekeeper.bootstrap;

import linekeeper.application.port.ApiKeys;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.bootstrap.settings.Settings;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/// Whether results may be sent to private addresses: as the settings say, else only while everybody who
/// can ask is on this machine, for no key exists and nobody else is listened to. Thread-safe.
final class PrivateWebhooks implements BooleanSupplier {
    private final @Nullable Boolean said;
    private final boolean loopbackOnly;
    private final ApiKeys keys;

    PrivateWebhooks(Settings settings, ApiKeys keys) {
        this.said = settings.results().privateAllowed();
        this.loopbackOnly =
                settings.secrets().adminKey() == null && isLoopback(settings.web().host());
        this.keys = keys;
    }

    @Override
    public boolean getAsBoolean() {
        return said == null ? loopbackOnly && !anyKey() : said;
    }

    private boolean anyKey() {
        try {
            return keys.any();
        } catch (StoreUnavailable e) {
            return true;
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
