package quantum.trader.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import quantum.trader.doctor.MachineChecks;

@DisabledOnOs(OS.WINDOWS)
class OwnFilesTest {

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void openLedger(Path data) {
        Ledger.open(data, (notice, at) -> new NoticeEncoder.Outgoing("", "alert", "", at, ""), _ -> {})
                .close();
    }

    @Test
    void p2_9_whoeverMakesTheDirectoryFirstMakesItForItsUserAlone(@TempDir Path directory) {
        Path byDoctor = directory.resolve("above").resolve("doctor");
        MachineChecks.disk(byDoctor);
        Path byService = directory.resolve("service");
        openLedger(byService);

        assertThat(List.of(mode(byDoctor), mode(byService))).containsOnly("rwx------");
        assertThat(List.of("ledger.db", "ledger.lock", "owner.id"))
                .allMatch(name -> mode(byService.resolve(name)).equals("rw-------"));
    }

    @Test
    void p2_9_anOpenDirectoryIsClosedAndWhatIsNotOursIsLeft(@TempDir Path directory) throws IOException {
        Path packaged = Files.createDirectory(
                directory.resolve("packaged"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        openLedger(packaged);
        Files.setPosixFilePermissions(packaged, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(packaged.resolve("ledger.db"), PosixFilePermissions.fromString("rw-r--r--"));
        openLedger(packaged);
        assertThat(mode(packaged)).isEqualTo("rwx------");
        assertThat(mode(packaged.resolve("ledger.db"))).isEqualTo("rw-------");

        Path others = Files.createDirectory(
                directory.resolve("others"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.createFile(others.resolve("somebody.txt"));
        assertThat(OwnFiles.closeDirectory(others)).isTrue();
        assertThat(mode(others)).isEqualTo("rwxr-xr-x");
    }
}
