package quantum.trader.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files as they were when they were opened, whatever their names become: one that was deleted or replaced is still
 * written into, for nobody.
 */
final class InPlace {

    private final Map<Path, Object> keys = new HashMap<>();

    private InPlace() {}

    /** Files that exist now. */
    static InPlace of(Path... files) throws IOException {
        InPlace now = new InPlace();
        for (Path file : files) {
            Object key = keyOf(file);
            if (key != null) {
                now.keys.put(file, key);
            }
        }
        return now;
    }

    /** Whether each is still found where it was. */
    boolean holds() {
        try {
            for (Map.Entry<Path, Object> file : keys.entrySet()) {
                if (!file.getValue().equals(keyOf(file.getKey()))) {
                    return false;
                }
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Device and inode; null where the file system has none. */
    private static @Nullable Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
