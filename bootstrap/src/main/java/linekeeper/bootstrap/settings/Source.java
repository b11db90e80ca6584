package linekeeper.bootstrap.settings;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Where a setting's text comes from: a system property of its dotted name, else the environment, else
/// `application.yaml` in the working directory. An empty text counts as not set.
final class Source {
    private final Map<String, String> environment;
    private final Function<String, Optional<String>> properties;
    private final Function<String, Optional<String>> file;

    Source(
            Map<String, String> environment,
            Function<String, Optional<String>> properties,
            Function<String, Optional<String>> file) {
        this.environment = environment;
        this.properties = properties;
        this.file = file;
    }

    /// This process's.
    static Source ofProcess() {
        return new Source(
                System.getenv(),
                name -> Optional.ofNullable(System.getProperty(name)),
                yaml(Path.of("application.yaml")));
    }

    /// @param name as in the environment: `LINEKEEPER_DIAL_TIMEOUT`
    Optional<String> text(String name) {
        String dotted = name.toLowerCase(Locale.ROOT).replace('_', '.');
        return properties
                .apply(dotted)
                .or(() -> Optional.ofNullable(environment.get(name)))
                .or(() -> file.apply(dotted))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    Map<String, String> environment() {
        return environment;
    }

    private static Function<String, Optional<String>> yaml(Path file) {
        if (!Files.exists(file)) {
            return name -> Optional.empty();
        }
        Config config =
                Config.builder(ConfigSources.file(file))
                        .disableEnvironmentVariablesSource()
                        .disableSystemPropertiesSource()
                        .build();
        return name -> config.get(name).asString().asOptional();
    }
}
