package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.intent.Closed;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.position.PositionMode;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.ReadIncome;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;

/** What trades do not tell of a life: funding, the insurance fund, whose order ended it (INC-I45, INC-I59). */
class FundingTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    private void close() {
        rig.close("b", DeskRig.BTC);
        exchange.fillClose("101");
    }

    private ReadIncome asked() {
        return rig.last(ReadIncome.class);
    }

    @Test
    void fundingOfALifeIsPartOfItsResult() {
        exchange.paid(DeskRig.BTC, "-9");
        rig.passSeconds(1);
        exchange.position("a", DeskRig.BTC);
        exchange.paid(DeskRig.BTC, "-0.25");
        exchange.paid(DeskRig.ETH, "-3");
        rig.passSeconds(1);
        exchange.paid(DeskRig.BTC, "0.10");
        close();
        rig.passSeconds(1);
        exchange.paid(DeskRig.BTC, "-9");
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.result().funding()).isEqualByComparingTo("-0.15");
            assertThat(closed.result().fees()).isEqualByComparingTo("0.02");
            assertThat(closed.result().pnl()).isEqualByComparingTo("9.83");
            assertThat(closed.result().pnlPercent()).isEqualByComparingTo("0.983");
        });
    }

    @Test
    void theQuestionIsOfTheSymbolFromTheFirstFillOn() {
        exchange.position("a", DeskRig.BTC);
        Instant first = exchange.trades.getFirst().time();
        rig.passSeconds(1);
        close();
        exchange.trades(DeskRig.BTC);
        assertThat(asked()).isEqualTo(new ReadIncome(ReadIncome.Kind.FUNDING, DeskRig.BTC, first));
        assertThat(rig.calls(ReadIncome.class)).hasSize(1);
    }

    @Test
    void aFoundPositionHasItsFundingSinceItWasFound() {
        exchange.paid(DeskRig.BTC, "-9");
        rig.passSeconds(1);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "10", "100", "100"));
        exchange.protect();
        rig.passSeconds(1);
        exchange.paid(DeskRig.BTC, "-0.25");
        close();
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.result().funding()).isEqualByComparingTo("-0.25"));
    }

    @Test
    void incomeThatCannotBeReadDelaysAnEndAndDoesNotHoldIt() {
        exchange.position("a", DeskRig.BTC);
        close();
        exchange.tradesAlone(DeskRig.BTC);
        for (int i = 0; i < 120; i++) {
            if (rig.freshCalls(ReadIncome.class) > 0) {
                rig.said(new VenueEvent.ReadFailed(asked(), "timeout"));
            }
            rig.passSeconds(1);
        }
        assertThat(rig.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.result().funding()).isNull();
            assertThat(closed.result().pnl()).isEqualByComparingTo("9.98");
        });
        assertThat(rig.alerts("funding-unknown:")).hasSize(1);
        assertThat(rig.calls(ReadIncome.class)).hasSizeBetween(10, 20);
    }

    @Test
    void aFailureIsMadeGoodByTheNextReading() {
        exchange.position("a", DeskRig.BTC);
        close();
        exchange.tradesAlone(DeskRig.BTC);
        rig.said(new VenueEvent.ReadFailed(asked(), "timeout"));
        rig.passSeconds(6);
        assertThat(rig.calls(ReadIncome.class)).hasSize(2);
        exchange.income(asked());
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.result().funding()).isEqualByComparingTo("0"));
        assertThat(rig.alerts("funding-unknown:")).isEmpty();
    }

    @Test
    void whatTheStreamToldOfAndTheListDoesNotShowYetIsAwaited() {
        exchange.position("a", DeskRig.BTC);
        rig.passSeconds(1);
        rig.said(new VenueEvent.FundingSettled(DeskRig.BTC, rig.now().exchange()));
        Instant paidAt = rig.now().exchange();
        close();
        exchange.tradesAlone(DeskRig.BTC);
        exchange.income(asked());
        assertThat(rig.closed()).isEmpty();
        exchange.payments.add(new Call.Payment(DeskRig.BTC, new BigDecimal("-1"), paidAt));
        rig.passSeconds(6);
        exchange.income(asked());
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.result().funding()).isEqualByComparingTo("-1"));
    }

    @Test
    void aReadingThatLeftBeforeTheEndSaysNothingOfIt() {
        exchange.position("a", DeskRig.BTC);
        long before = rig.now().nanos();
        rig.passSeconds(1);
        close();
        exchange.tradesAlone(DeskRig.BTC);
        rig.said(new VenueEvent.IncomeRead(asked(), List.of(), before));
        assertThat(rig.closed()).isEmpty();
    }

    @Test
    void oneReadingServesAllThatEnd() {
        for (int i = 0; i < DeskRig.SYMBOLS.size(); i++) {
            exchange.trades.clear();
            exchange.position("a" + i, DeskRig.SYMBOLS.get(i));
            rig.close("b" + i, DeskRig.SYMBOLS.get(i));
            exchange.fillClose("101");
            exchange.tradesAlone(DeskRig.SYMBOLS.get(i));
        }
        exchange.income(asked());
        assertThat(rig.closed()).hasSize(1);
        rig.passSeconds(6);
        exchange.income(asked());
        assertThat(rig.closed()).hasSize(DeskRig.SYMBOLS.size());
        assertThat(rig.calls(ReadIncome.class)).hasSize(2);
        assertThat(asked().symbol()).isNull();
    }

    @Test
    void aRestartReadsAgainAndTellsOneEnd() {
        exchange.position("a", DeskRig.BTC);
        close();
        exchange.tradesAlone(DeskRig.BTC);
        rig.restart(List.of(), List.of());
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.result().funding()).isEqualByComparingTo("0"));
    }

    /** The stream was silent: the periodic reading shows that nothing is held, and the order itself tells why. */
    @ParameterizedTest
    @CsvSource({
        "autoclose-1634, LIQUIDATION",
        "adl_autoclose, ADL",
        "settlement_autoclose-16, SETTLEMENT",
        "web_abc, EXTERNAL"
    })
    void anEndThatNobodyToldOfHasItsReasonFromTheOrder(String id, Closed.Reason reason) {
        exchange.position("a", DeskRig.BTC);
        ClientOrderId foreign = new ClientOrderId(id);
        exchange.trade(foreign, Side.SELL, "10", "98.4");
        rig.positions();
        exchange.tradesAlone(DeskRig.BTC);
        assertThat(rig.closed()).isEmpty();
        Call.QueryOrder question = rig.last(Call.QueryOrder.class);
        assertThat(question.orderId()).isEqualTo(Replies.orderId(foreign));
        exchange.told(question.id(), new Answer.NoAnswer<>("timeout"));
        rig.passSeconds(6);
        exchange.told(
                rig.last(Call.QueryOrder.class).id(),
                new Answer.Accepted<>(
                        exchange.update(foreign, DeskRig.BTC, Side.SELL, OrderUpdate.Status.FILLED, "10", "98.4")));
        rig.passSeconds(6);
        rig.calls(ReadIncome.class).forEach(exchange::income);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.reason()).isEqualTo(reason));
    }

    /** A busy exchange says nothing of an order; one that still does not know it, long after, does (seed 28122). */
    @Test
    void aBusyExchangeDoesNotMakeAnEndExternal() {
        exchange.position("a", DeskRig.BTC);
        exchange.trade(new ClientOrderId("autoclose-1"), Side.SELL, "10", "98.4");
        rig.positions();
        exchange.tradesAlone(DeskRig.BTC);
        rig.calls(ReadIncome.class).forEach(exchange::income);
        rig.passSeconds(20);
        exchange.told(rig.last(Call.QueryOrder.class).id(), new Answer.Denied<>(-1001, "busy", Answer.Cause.BUSY));
        assertThat(rig.closed()).isEmpty();
        exchange.told(
                rig.last(Call.QueryOrder.class).id(),
                new Answer.Denied<>(-2013, "unknown", Answer.Cause.UNKNOWN_ORDER));
        rig.passSeconds(1);
        assertThat(rig.closed())
                .singleElement()
                .satisfies(closed -> assertThat(closed.reason()).isEqualTo(Closed.Reason.EXTERNAL));
    }

    @Test
    void partlyLiquidatedAndThenClosedByUsIsOurCloseAndPaysTheFund() {
        exchange.position("a", DeskRig.BTC);
        ClientOrderId forced = new ClientOrderId("autoclose-1");
        exchange.trade(forced, Side.SELL, "4", "98");
        exchange.stream(exchange.update(forced, DeskRig.BTC, Side.SELL, OrderUpdate.Status.FILLED, "4", "98"));
        exchange.paid(DeskRig.BTC, "-2.5");
        rig.passSeconds(4);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "6", "100", "98"));
        rig.passSeconds(10);
        close();
        exchange.tradesAlone(DeskRig.BTC);
        ReadIncome funding = rig.calls(ReadIncome.class).getFirst();
        assertThat(funding.kind()).isEqualTo(ReadIncome.Kind.FUNDING);
        rig.said(new VenueEvent.IncomeRead(funding, List.of(), rig.now().nanos()));
        assertThat(asked().kind()).isEqualTo(ReadIncome.Kind.CLEARANCE);
        exchange.income(asked());
        assertThat(rig.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.reason()).isEqualTo(Closed.Reason.SIGNAL);
            assertThat(closed.result().fees()).isEqualByComparingTo("2.53");
            assertThat(closed.result().funding()).isEqualByComparingTo("0");
            assertThat(closed.result().pnl()).isEqualByComparingTo("-4.53");
        });
    }

    @Test
    void longAndShortOfEqualSizeAreNotToldApartAndSaySo() {
        DeskRig hedged = DeskRig.ready(Rules.DEFAULT.withPositions(PositionMode.HEDGE));
        Replies words = new Replies(hedged);
        words.position("long", DeskRig.BTC);
        hedged.passSeconds(31);
        hedged.account("10000");
        hedged.intent(Map.of("intent_id", "short", "symbol", "BTCUSDT", "action", "SELL", "position_size_usd", "1000"));
        words.fill("100");
        words.protect();
        hedged.pass(Duration.ofMillis(10));
        words.paid(DeskRig.BTC, "-0.1");
        words.paid(DeskRig.BTC, "0.1");
        hedged.passSeconds(1);
        hedged.intent(Map.of("intent_id", "c", "symbol", "BTCUSDT", "action", "CLOSE", "position_side", "LONG"));
        words.fillClose("101");
        List<Call.Trade> named = words.trades.stream()
                .map(t -> new Call.Trade(
                        t.orderId(),
                        t.tradeId(),
                        t.side(),
                        t.tradeId() == 1 ? Direction.SHORT : Direction.LONG,
                        t.price(),
                        t.quantity(),
                        t.fee(),
                        t.time()))
                .toList();
        hedged.said(new VenueEvent.TradesRead(DeskRig.BTC, named, hedged.now().nanos()));
        words.income(hedged.last(ReadIncome.class));
        assertThat(hedged.closed()).singleElement().satisfies(closed -> {
            assertThat(closed.direction()).isEqualTo(Direction.LONG);
            assertThat(closed.quantity()).isEqualTo(Quantity.of("10"));
            assertThat(closed.exitPrice()).isEqualTo(Price.of("101"));
            assertThat(closed.result().funding()).isNull();
        });
        assertThat(hedged.alerts("funding-unknown:")).hasSize(1);
    }
}
