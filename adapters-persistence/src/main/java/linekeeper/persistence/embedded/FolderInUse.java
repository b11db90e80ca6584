package linekeeper.persistence.embedded;

import java.io.Serial;
import java.nio.file.Path;

/// Another process keeps its database in the folder. Nothing was started or changed.
public final class FolderInUse extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    FolderInUse(Path folder, String holder) {
        super(
                "The data folder %s is in use by process %s; stop that one, or set LINEKEEPER_DATA"
                                .formatted(folder.toAbsolutePath(), holder)
                        + " to another folder");
    }
}
