package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;

/** What a restart of the exchange leaves of the spot side. */
class StateTest extends CryptoComContract {

    @TempDir
    Path directory = Path.of("");

    /** Starts anew with what the last one left, if it kept anything. */
    private void restart() {
        server.close();
        var file = directory.resolve("exchange.json");
        server = SimulatorServer.start(SimulatorOptions.defaults().withPort(0).withStateFile(file));
        startWithAStillMarket();
    }

    @Test
    void ordersCoinsAndPairsOutliveARestart() {
        restart();
        settings("{'spotTriggerCheckMillis':1}");
        done(CREATE, BUY.formatted("bought"));
        var list = pair("tp", "sl");
        awaitAdvanced("sl", "NEW");
        done(CREATE, REST.formatted("rest"));
        var before = ledger("advanced");
        var orders = ledger("orders");
        var balances = ledger("balances");
        restart();
        assertThat(ledger("advanced")).isEqualTo(before);
        assertThat(ledger("orders")).isEqualTo(orders);
        assertThat(ledger("balances")).isEqualTo(balances);
        assertThat(done("private/get-trades", "{}").data().size()).isEqualTo(1);
        assertThat(refusal(CREATE, BUY.formatted("bought"))).isEqualTo("400 204");
        assertThat(done(ADVANCED + "get-order-list-detail", "{'list_id_list':['" + list + "']}")
                        .data()
                        .size())
                .isEqualTo(2);
        price("BTC_USD", "48900");
        awaitAdvanced("sl", "FILLED");
        assertThat(advanced("tp").text("status")).isEqualTo("CANCELED");
        assertThat(detail("rest").text("status")).isEqualTo("FILLED");
    }

    @Test
    void idsGoOnRisingAfterARestart() {
        restart();
        long before = Long.parseLong(done(CREATE, BUY.formatted("before")).text("order_id"));
        restart();
        long after = Long.parseLong(done(CREATE, BUY.formatted("after")).text("order_id"));
        assertThat(after).isGreaterThan(before);
    }

    @Test
    void triggerThatWasNotLookedAtYetIsLookedAtAfterARestart() {
        restart();
        settings("{'spotTriggerCheckMillis':60000}");
        coins("{'BTC':'0.1'}");
        done(ADVANCED + "create-order", STOP.formatted("sl"));
        assertThat(advanced("sl").text("status")).isEqualTo("PENDING");
        restart();
        awaitAdvanced("sl", "NEW");
    }
}
