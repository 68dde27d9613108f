package quantum.trader.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.trader.ledger.ProcessEvent.Kind;
import quantum.trader.stream.NoticeCodec;

/** What the log tells of the processes that owned the ledger. */
class ProcessEventTest {

    @Test
    void aKilledProcessIsConcludedFromTheNextStart(@TempDir Path data) throws Exception {
        try (Ledger ledger = open(data)) {
            AutoCloseable _ = ledger.processStarts();
        }
        try (Ledger ledger = open(data)) {
            ledger.processStarts().close();
        }
        try (LedgerView view = LedgerView.open(data)) {
            assertThat(view.processes())
                    .extracting(ProcessEvent::kind)
                    .containsExactly(Kind.STARTED, Kind.KILLED, Kind.STARTED, Kind.STOPPED);
            assertThat(view.processes()).extracting(ProcessEvent::at).isSorted();
            assertThat(view.verifyChain().faults()).isEmpty();
        }
    }

    private static Ledger open(Path data) {
        return Ledger.open(data, new NoticeCodec("simulated"), _ -> {});
    }
}
