package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.intent.Closed;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.record.Notice;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.OrderUpdate.Status;
import quantum.venue.VenueEvent;

/** What the exchange does to positions by itself is told to a person, with its figures (X-F11). */
class LiquidationsTest {

    private DeskRig rig;
    private Replies exchange;

    @BeforeEach
    void start() {
        rig = DeskRig.ready();
        exchange = new Replies(rig);
    }

    private void call(Symbol symbol, @Nullable Direction direction, String quantity, String mark, String maintenance) {
        rig.said(new VenueEvent.MarginCalled(
                symbol, direction, new BigDecimal(quantity), Price.of(mark), new BigDecimal(maintenance)));
    }

    @Test
    void xF11_eachMarginCallIsACriticalAlertOfItsSymbol() {
        call(DeskRig.BTC, Direction.LONG, "0.05", "94300", "18.86");
        call(DeskRig.BTC, Direction.LONG, "0.05", "94290", "18.85");
        call(DeskRig.ETH, Direction.SHORT, "2", "3100", "24.80");
        assertThat(rig.alerts("margin-call:"))
                .extracting(Notice.Alert::key)
                .containsExactly("margin-call:BTCUSDT", "margin-call:ETHUSDT");
        assertThat(rig.alerts("margin-call:BTCUSDT")).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Notice.Severity.CRITICAL);
            assertThat(alert.text()).contains("LONG", "0.05", "94300", "18.86");
        });
        rig.passSeconds(61);
        call(DeskRig.BTC, Direction.LONG, "0.05", "94100", "18.82");
        assertThat(rig.alerts("margin-call:BTCUSDT"))
                .as("a call a minute later")
                .hasSize(2);
        rig.said(new VenueEvent.MarginCalled(DeskRig.SOL, null, null, null, null));
        assertThat(rig.alerts("margin-call:SOLUSDT"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("unknown"));
    }

    @ParameterizedTest
    @CsvSource({"autoclose-1634, liquidated:BTCUSDT", "adl_autoclose, deleveraged:BTCUSDT"})
    void xF11_whatTheExchangeClosesInPartAndInWholeIsToldWithQuantityAndPrice(String clientId, String key) {
        exchange.position("a", DeskRig.BTC, "BUY");
        ClientOrderId part = new ClientOrderId(clientId);
        exchange.stream(exchange.update(part, DeskRig.BTC, Side.SELL, Status.PARTIALLY_FILLED, "2", "90"));
        exchange.stream(exchange.update(part, DeskRig.BTC, Side.SELL, Status.PARTIALLY_FILLED, "2", "90"));
        assertThat(rig.alerts(key)).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Notice.Severity.CRITICAL);
            assertThat(alert.text()).contains("2 at 90");
        });
        exchange.stream(exchange.update(part, DeskRig.BTC, Side.SELL, Status.FILLED, "10", "89"));
        exchange.stream(exchange.update(part, DeskRig.BTC, Side.SELL, Status.FILLED, "10", "89"));
        assertThat(rig.alerts(key)).hasSize(2);
        assertThat(rig.alerts(key).getLast().text()).contains("10 at 89");
    }

    @Test
    void xF11_ofAStopThatGoesWithALiquidatedPositionNobodySaysThatItIsPlacedAgain() {
        exchange.position("a", DeskRig.BTC, "BUY");
        Call.PlaceConditional stop = rig.lastRest(Level.STOP);
        exchange.change(stop, ConditionalUpdate.Status.EXPIRED, null);
        rig.pass(Duration.ofMillis(30));
        ClientOrderId forced = new ClientOrderId("autoclose-1");
        exchange.trade(forced, Side.SELL, "10", "90");
        exchange.stream(exchange.update(forced, DeskRig.BTC, Side.SELL, Status.FILLED, "10", "90"));
        assertThat(rig.last(Call.ReadPositions.class)).isNotNull();
        rig.positions();
        exchange.trades(DeskRig.BTC);
        rig.passSeconds(3);
        assertThat(rig.alerts("liquidated:")).hasSize(1);
        assertThat(rig.alerts("rest-lost")).isEmpty();
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.reason()).isEqualTo(Closed.Reason.LIQUIDATION));
    }

    /** The event of the order was lost; the trades and the order itself tell who closed. */
    @Test
    void xF11_aLiquidationThatTheStreamDidNotTellIsToldWhenItsEndIsAddedUp() {
        exchange.position("a", DeskRig.BTC, "BUY");
        ClientOrderId forced = new ClientOrderId("autoclose-1");
        exchange.trade(forced, Side.SELL, "10", "90");
        rig.positions();
        rig.passSeconds(20);
        rig.positions();
        exchange.tradesAlone(DeskRig.BTC);
        rig.passSeconds(1);
        Call.QueryOrder question = rig.last(Call.QueryOrder.class);
        exchange.told(
                question.id(),
                new quantum.venue.Answer.Accepted<>(
                        exchange.update(forced, DeskRig.BTC, Side.SELL, Status.FILLED, "10", "90")));
        rig.calls(Call.ReadIncome.class).forEach(exchange::income);
        rig.passSeconds(100);
        assertThat(rig.closed()).hasSize(1);
        assertThat(rig.alerts("liquidated:BTCUSDT"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("10", "90"));
    }

    @Test
    void xF11_aTriggeredOrderThatIsRefusedIsToldAndLookedAfter() {
        exchange.position("a", DeskRig.BTC, "BUY");
        rig.fresh();
        rig.said(new VenueEvent.TriggerRefused(DeskRig.BTC, "Due to the order could not be executed as reduce only"));
        assertThat(rig.alerts("trigger-refused:BTCUSDT"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("reduce only"));
        assertThat(rig.freshCalls(Call.ReadConditionals.class)).isEqualTo(1);
    }
}
