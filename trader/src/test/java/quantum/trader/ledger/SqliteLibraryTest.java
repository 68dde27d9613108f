package quantum.trader.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryTest {

    @TempDir
    Path directory;

    @Test
    void aWholeLibraryIsLeftAsItIs() throws IOException {
        Path file = SqliteLibrary.keep(directory);
        FileTime before = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(file, before);

        assertThat(SqliteLibrary.keep(directory)).isEqualTo(file);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    }

    @Test
    void aTornOneOrThatOfAnotherVersionIsReplaced() throws IOException {
        Path file = SqliteLibrary.keep(directory);
        byte[] whole = Files.readAllBytes(file);
        byte[] other = whole.clone();
        other[whole.length - 1] ^= 1;
        for (byte[] found : new byte[][] {Arrays.copyOf(whole, 1_000), other, {}}) {
            Files.write(file, found);
            assertThat(SqliteLibrary.keep(directory)).hasBinaryContent(whole);
        }
        try (Stream<Path> found = Files.list(directory)) {
            assertThat(found).containsExactly(file);
        }
    }

    @Test
    void aDirectoryThatNoServiceUsedGetsNothing() throws IOException {
        SqliteLibrary.useIn(directory);

        try (Stream<Path> found = Files.list(directory)) {
            assertThat(found).isEmpty();
        }
    }
}
