package quantum.trader.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.decision.Event;
import quantum.desk.Desk;
import quantum.intent.Closed;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.rules.Rules;
import quantum.trader.Floor;
import quantum.trader.ledger.Ledger;
import quantum.trader.stream.IntentCodec;
import quantum.trader.stream.NoticeCodec;

/** The shipped desk, loop and ledger on an exchange that is not Binance: the port is all that they know of it. */
class ToySpotTest {

    /** Less than is bought, so that they cannot stand in for what a pair holds. */
    private static final BigDecimal SAVINGS = new BigDecimal("0.4");

    private final NoticeListener heard = new NoticeListener();
    private @Nullable Ledger ledger;
    private @Nullable DeskLoop<ToySpotExchange.Message, ToySpotExchange.Request> loop;
    private ToySpotExchange exchange = new ToySpotExchange(SAVINGS, _ -> {});

    @BeforeEach
    void start(@TempDir Path data) {
        Ledger own = Ledger.open(data, new NoticeCodec("simulated"), _ -> {});
        ledger = own;
        DeskLoop<ToySpotExchange.Message, ToySpotExchange.Request> desk =
                new DeskLoop<>(new Desk(Rules.DEFAULT), new ToySpot(), own, heard);
        loop = desk;
        exchange = new ToySpotExchange(SAVINGS, desk::received);
        desk.start(own.load(), exchange::perform);
        await().atMost(Floor.PATIENCE).until(heard::isAdmitted);
    }

    @AfterEach
    void stop() {
        if (loop != null) loop.stop();
        if (ledger != null) ledger.close();
    }

    @Test
    void whatIsBoughtIsProtectedAndSoldByItsStop() {
        exchange.price("100");
        send("i1", "BUY", Map.of("stop_loss", "99", "take_profit", "102"));
        await().atMost(Floor.PATIENCE).until(() -> !heard.reports().isEmpty());
        Report.Filled filled = (Report.Filled) heard.reports().getFirst();
        assertThat(filled.orders().stopId()).isNotNull();
        assertThat(exchange.stops()).containsExactlyInAnyOrder("STOP 1 at 99", "TARGET 1 at 102");
        exchange.price("98.9");
        await().atMost(Floor.PATIENCE).until(() -> !heard.ends().isEmpty());
        assertThat(heard.ends().getFirst().reason()).isEqualTo(Closed.Reason.SL);
        assertThat(heard.ends().getFirst().result().pnl()).isEqualByComparingTo("-1.2989");
        assertThat(heard.ends().getFirst().result().funding())
                .as("no question is needed")
                .isEqualByComparingTo("0");
        await().atMost(Floor.PATIENCE).until(() -> exchange.stops().isEmpty());
        assertThat(exchange.coins()).as("the savings stay").isEqualByComparingTo(SAVINGS);
    }

    @Test
    void whatTheProducerClosesIsSold() {
        send("i1", "BUY", Map.of());
        await().atMost(Floor.PATIENCE).until(() -> heard.reports().size() == 1);
        send("i2", "CLOSE", Map.of());
        await().atMost(Floor.PATIENCE).until(() -> !heard.ends().isEmpty());
        assertThat(heard.ends().getFirst().reason()).isEqualTo(Closed.Reason.SIGNAL);
        assertThat(exchange.coins()).isEqualByComparingTo(SAVINGS);
        await().atMost(Floor.PATIENCE).until(() -> exchange.stops().isEmpty());
    }

    /** What was bought is held by its pair: the part is sold between two pairs, and the second one is for the rest. */
    @Test
    void ofAPartThatIsClosedThePairIsTakenOffAndPlacedForTheRest() {
        send("i1", "BUY", Map.of("stop_loss", "99", "take_profit", "102"));
        await().atMost(Floor.PATIENCE).until(() -> heard.reports().size() == 1);
        send("i2", "CLOSE", Map.of("close_fraction", "0.4"));
        await().atMost(Floor.PATIENCE)
                .until(() -> exchange.stops().equals(List.of("STOP 0.6 at 99", "TARGET 0.6 at 102")));
        assertThat(exchange.coins()).isEqualByComparingTo(SAVINGS.add(new BigDecimal("0.6")));
        exchange.price("102");
        await().atMost(Floor.PATIENCE).until(() -> !heard.ends().isEmpty());
        assertThat(heard.ends().getFirst().reason()).isEqualTo(Closed.Reason.TP);
        assertThat(exchange.coins()).isEqualByComparingTo(SAVINGS);
    }

    @Test
    void aCoinIsPaidInFullAndNotSoldShort() {
        send("i1", "SELL", Map.of());
        send("i2", "BUY", Map.of("leverage", "2"));
        await().atMost(Floor.PATIENCE).until(() -> heard.reports().size() == 2);
        assertThat(heard.reports())
                .map(Report.Rejected.class::cast)
                .extracting(Report.Rejected::why)
                .containsExactly(Refusal.NO_POSITION, Refusal.LEVERAGE_ABOVE_MAX);
        assertThat(exchange.coins()).isEqualByComparingTo(SAVINGS);
    }

    private void send(String intentId, String action, Map<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>(more);
        fields.put("intent_id", intentId);
        fields.put("symbol", ToySpot.SYMBOL.name());
        fields.put("action", action);
        fields.put("position_size_usd", "100");
        fields.put("timestamp", Instant.now().toString());
        if (loop != null) {
            loop.arrived(new Event.IntentArrived(intentId, fields, IntentCodec.read(fields), null, 1));
        }
    }
}
