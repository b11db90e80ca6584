package linekeeper.bootstrap.endtoend;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One service with every real provider side by side, each held to the same suite.
@Timeout(240)
final class EveryProviderIT {
    @TempDir static Path folder;
    private static World world;
    private static ServiceProcess service;
    private static List<ProviderFake> providers;

    @BeforeAll
    static void open() throws Exception {
        world = new World(folder);
        providers = ProviderFake.all(world.bolna);
        Map<String, String> settings = new HashMap<>();
        settings.put("LINEKEEPER_LIMIT_ACCOUNT", "50");
        providers.forEach(one -> settings.putAll(one.settings()));
        service = world.service(settings);
        for (ProviderFake one : providers) {
            one.openAccount(service);
        }
    }

    @AfterAll
    static void close() {
        providers.forEach(ProviderFake::close);
        world.close();
    }

    abstract static class OfThisService extends ReserveDialBindEventEnd {
        private final String name;

        OfThisService(String name) {
            this.name = name;
        }

        @Override
        ProviderFake provider() {
            return providers.stream()
                    .filter(one -> one.name().equals(name))
                    .findAny()
                    .orElseThrow();
        }

        @Override
        ServiceProcess service() {
            return service;
        }

        @Override
        World world() {
            return world;
        }
    }

    @Nested
    final class Bolna extends OfThisService {
        Bolna() {
            super("bolna");
        }
    }

    @Nested
    final class ElevenLabs extends OfThisService {
        ElevenLabs() {
            super("elevenlabs");
        }
    }

    @Nested
    final class Twilio extends OfThisService {
        Twilio() {
            super("twilio");
        }
    }
}
