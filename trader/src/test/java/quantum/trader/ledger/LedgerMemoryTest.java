package quantum.trader.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.record.Notice;

/** A ledger far larger than the memory of the process that opens, proves and publishes it. */
class LedgerMemoryTest {

    private static final int NOTICES = 600;
    private static final String LARGE = "x".repeat(65_536);
    private static final NoticeEncoder ENCODER =
            (notice, at) -> new NoticeEncoder.Outgoing(notice.eventId(), "alert", "", at, LARGE);

    @Test
    void p1_4_aStartAndAProofNeedMemoryThatDoesNotDependOnWhatWasRecorded(@TempDir Path directory)
            throws IOException, InterruptedException {
        CountDownLatch durable = new CountDownLatch(NOTICES);
        try (Ledger ledger = Ledger.open(directory, ENCODER, _ -> {})) {
            for (int i = 0; i < NOTICES; i++) {
                Notice alert = new Notice.Alert("n" + i, Notice.Severity.INFO, "", null, Instant.EPOCH);
                ledger.append(new Batch(List.of(alert), Instant.EPOCH, _ -> durable.countDown()));
            }
            assertThat(durable.await(60, TimeUnit.SECONDS)).isTrue();
        }

        Process small = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-Xmx24m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerMemoryTest.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(small.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(small.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("unpublished " + NOTICES, "faults []");
        assertThat(small.exitValue()).as(said).isZero();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        CountDownLatch told = new CountDownLatch(NOTICES);
        try (Ledger ledger = Ledger.open(directory, ENCODER, _ -> {})) {
            ledger.publishTo(_ -> told.countDown());
            if (told.await(30, TimeUnit.SECONDS)) {
                System.out.println("unpublished " + NOTICES);
            }
            System.out.println("faults " + ledger.view().verifyChain().faults());
        }
    }
}
