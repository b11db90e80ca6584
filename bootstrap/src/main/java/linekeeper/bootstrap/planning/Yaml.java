package linekeeper.bootstrap.planning;

import linekeeper.domain.InvalidValue;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads YAML and leaves every single value the text it is: YAML itself would take the field `on` for the
/// word true, `17:00` for a number to the base of 60 and an instant for a date of its own.
final class Yaml {
    private Yaml() {}

    /// @return maps, lists and texts; null: there is nothing in the file
    /// @throws InvalidValue names the file, and the line if it is not YAML
    static @Nullable Object read(Path file) {
        try (Reader text = Files.newBufferedReader(file)) {
            return yaml().load(text);
        } catch (IOException e) {
            throw new InvalidValue(file.toString(), "cannot be read");
        } catch (YAMLException e) {
            throw new InvalidValue(file.toString(), "is not YAML: " + e.getMessage());
        }
    }

    private static org.yaml.snakeyaml.Yaml yaml() {
        LoaderOptions loading = new LoaderOptions();
        loading.setAllowDuplicateKeys(false);
        DumperOptions dumping = new DumperOptions();
        return new org.yaml.snakeyaml.Yaml(
                new SafeConstructor(loading),
                new Representer(dumping),
                dumping,
                loading,
                new OnlyTexts());
    }

    private static final class OnlyTexts extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // None: every single value is a text.
        }
    }
}
