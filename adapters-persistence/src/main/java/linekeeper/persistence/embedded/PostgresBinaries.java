package linekeeper.persistence.embedded;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/// PostgreSQL's programs, unpacked once per release into a folder of the user's. Unpacking happens
/// beside the final folder, which then appears at once and whole: neither a crash nor a second process
/// ever sees half of it.
final class PostgresBinaries {
    private static final String RELEASE = "18.6.0";

    private PostgresBinaries() {}

    /// The folder that holds `bin`.
    static Path unpacked(Path cache) {
        String archive = "postgres-" + system() + "-" + architecture() + ".txz";
        Path folder = cache.resolve("postgresql-" + RELEASE + "-" + system());
        if (!Files.isDirectory(folder)) {
            unpack(archive, cache, folder);
        }
        return folder;
    }

    private static void unpack(String archive, Path cache, Path folder) {
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw new IllegalStateException(
                        "No embedded PostgreSQL for this machine ("
                                + archive
                                + ");"
                                + " set LINEKEEPER_DATABASE_URL to a PostgreSQL of yours");
            }
            Files.createDirectories(cache);
            Path beside = Files.createTempDirectory(cache, "unpacking-");
            extract(packed, beside);
            appear(beside, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack PostgreSQL into " + folder, e);
        }
    }

    private static void appear(Path beside, Path folder) throws IOException {
        try {
            Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            Folders.deleteTree(beside);
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static void extract(InputStream packed, Path into) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                extract(tar, entry, into.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
            throws IOException {
        Files.createDirectories(entry.isDirectory() ? file : file.resolve("..").normalize());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, file);
            boolean program = entry.getName().contains("bin/");
            if (program && !file.toFile().setExecutable(true, false)) {
                throw new IOException("Cannot make " + file + " executable");
            }
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.contains("mac") ? "darwin" : "linux";
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    }
}
