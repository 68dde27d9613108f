package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The ledger is lost, or an older copy is put in its place, while positions are held: they are found on the exchange, and
 * nothing that an earlier life of the service did is done again (law 2).
 */
class LedgerLossTest {

    private Path data;
    private Floor floor;

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Floor.PATIENCE);
    }

    @BeforeEach
    void open(@TempDir Path directory) {
        data = directory;
        floor = Floor.open(data, Floor.quickRules());
    }

    @AfterEach
    void close() {
        floor.close();
    }

    private Exchange exchange() {
        return floor.exchange();
    }

    private void opened(String id, String symbol) {
        floor.open(id, symbol, "BUY", "100");
        JsonNode report = floor.ending(id);
        assertThat(text(report, "status")).as(report.toString()).isEqualTo("filled");
        await().until(() -> exchange().liveStops(symbol).size() == 1);
    }

    @Test
    void theLedgerIsLostWhileAPositionIsHeld() {
        opened("before-loss", "LINKUSDT");
        String last = floor.open("closed-before", "LTCUSDT", "BUY", "100");
        floor.ending("closed-before");
        floor.flatten("LTCUSDT");
        floor.closed("LTCUSDT");
        Map<String, String> message = floor.redis()
                .xrange("quantum:stream:trade.intent", last, last)
                .getFirst()
                .getFields();
        floor.restart(() -> remove(List.of("ledger.db", "ledger.db-wal", "ledger.db-shm")));

        await().until(() -> exchange().liveStops("LINKUSDT").size() == 1);
        assertThat(floor.alerts("adopted:found-LINKUSDT")).hasSize(1);
        await().until(() -> !floor.alerts("ledger-forgot").isEmpty());
        floor.send(message);
        await().until(() -> "FILLED".equals(recorded("closed-before")));

        assertThat(opens("LTCUSDT")).hasSize(1);
        assertThat(floor.reports("closed-before"))
                .allMatch(report -> text(report, "status").equals("filled"));
        assertThat(exchange().held("LTCUSDT")).isZero();
    }

    @Test
    void anOlderCopyIsPutInThePlaceOfTheLedger() {
        opened("kept", "DOTUSDT");
        Path copy = data.resolve("copy.db");
        floor.trader().ledger().view().backUp(copy);
        opened("gap", "NEARUSDT");
        floor.open("gap-closed", "ATOMUSDT", "BUY", "100");
        floor.ending("gap-closed");
        floor.flatten("ATOMUSDT");
        floor.closed("ATOMUSDT");
        // The group goes back with the ledger: everything since is read again.
        floor.redis().xgroupDestroy("quantum:stream:trade.intent", "quantum:group:execution:trade.intent");
        floor.restart(() -> {
            remove(List.of("ledger.db", "ledger.db-wal", "ledger.db-shm"));
            move(copy, data.resolve("ledger.db"));
        });

        await().until(() -> "FILLED".equals(recorded("gap")));
        await().until(() -> "FILLED".equals(recorded("gap-closed")));
        for (String symbol : List.of("DOTUSDT", "NEARUSDT", "ATOMUSDT")) {
            assertThat(exchange().orderRequests(symbol))
                    .filteredOn(
                            r -> text(r.path("parameters"), "newClientOrderId").startsWith("qo-"))
                    .hasSize(1);
        }
        assertThat(floor.reports("gap"))
                .singleElement()
                .satisfies(r -> assertThat(text(r, "status")).isEqualTo("filled"));
        assertThat(exchange().liveStops("NEARUSDT")).hasSize(1);
        assertThat(exchange().liveStops("DOTUSDT")).hasSize(1);
        assertThat(exchange().held("ATOMUSDT")).isZero();
        assertThat(floor.trader().ledger().view().verifyChain().faults()).isEmpty();
    }

    @Test
    void o27_whatWasForgottenIsToldOnceAndNotAtTheNextStart() {
        opened("forgotten", "LINKUSDT");
        floor.restart(() -> remove(List.of("ledger.db", "ledger.db-wal", "ledger.db-shm")));
        await().until(() -> floor.alerts("ledger-forgot").size() == 1);
        opened("later", "DOTUSDT");
        floor.restart(() -> {});
        opened("last", "NEARUSDT");

        assertThat(floor.alerts("ledger-forgot")).hasSize(1);
        assertThat(floor.alerts("foreign-entry")).isEmpty();
    }

    private @Nullable String recorded(String id) {
        return floor.trader()
                .ledger()
                .view()
                .intent(id)
                .map(row -> row.terminalState())
                .orElse(null);
    }

    private List<String> opens(String symbol) {
        return exchange().orderRequests(symbol).stream()
                .map(request -> text(request.path("parameters"), "newClientOrderId"))
                .filter(id -> id.startsWith("qo-"))
                .toList();
    }

    private void remove(List<String> names) {
        for (String name : names) {
            try {
                Files.deleteIfExists(data.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
