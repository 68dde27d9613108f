package quantum.trader.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import quantum.record.Entry;
import quantum.record.Notice;

/** A ledger in a process of its own, which writes one number after another and says which are durable. */
final class OtherProcess {

    private static final NoticeEncoder ENCODER =
            (notice, at) -> new NoticeEncoder.Outgoing(notice.eventId(), "alert", "", at, "{}");

    private OtherProcess() {}

    static Process start(Path directory) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static long lastDurable(BufferedReader out, int lines) throws IOException {
        long last = -1;
        for (int i = 0; i < lines; i++) {
            last = Long.parseLong(out.readLine().strip());
        }
        return last;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Ledger ledger = Ledger.open(Path.of(arguments[0]), ENCODER, _ -> {});
        Semaphore room = new Semaphore(8);
        for (int i = 0; ; i++) {
            int number = i;
            Entry.OrderRow row = new Entry.OrderRow(
                    "order-" + number,
                    "BTCUSDT",
                    "BUY",
                    "OPEN",
                    BigDecimal.ONE,
                    1,
                    null,
                    null,
                    null,
                    "Pending",
                    null,
                    null,
                    null,
                    null,
                    null,
                    Instant.EPOCH,
                    null,
                    Entry.PlanRow.NONE,
                    null);
            Notice alert = new Notice.Alert("n" + number, Notice.Severity.INFO, "", null, Instant.EPOCH);
            room.acquireUninterruptibly();
            ledger.append(new Batch(List.of(row, alert), Instant.EPOCH, _ -> {
                out.println(number);
                room.release();
            }));
        }
    }
}
