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
    private static ProviderFake bolna;
    private static ProviderFake elevenLabs;
    private static ProviderFake twilio;

    @BeforeAll
    static void open() throws Exception {
        world = new World(folder);
        bolna = new BolnaRehearsed(world.bolna);
        elevenLabs = new ElevenLabsRehearsed();
        twilio = new TwilioRehearsed();
        Map<String, String> settings = new HashMap<>();
        settings.put("LINEKEEPER_LIMIT_ACCOUNT", "50");
        List.of(bolna, elevenLabs, twilio).forEach(one -> settings.putAll(one.settings()));
        service = world.service(settings);
        for (ProviderFake one : List.of(bolna, elevenLabs, twilio)) {
            service.post(
                    "default",
                    "/api/admin/accounts",
                    "{\"account_id\":\"%s\",\"provider\":\"%s\"}"
                            .formatted(one.name(), one.name()));
        }
    }

    @AfterAll
    static void close() {
        elevenLabs.close();
        twilio.close();
        world.close();
    }

    abstract static class OfThisService extends ReserveDialBindEventEnd {
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
        @Override
        ProviderFake provider() {
            return bolna;
        }
    }

    @Nested
    final class ElevenLabs extends OfThisService {
        @Override
        ProviderFake provider() {
            return elevenLabs;
        }
    }

    @Nested
    final class Twilio extends OfThisService {
        @Override
        ProviderFake provider() {
            return twilio;
        }
    }
}
