package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.guard.GuardName;
import quantum.guard.OperatorState;
import quantum.intent.Closed;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.record.GuardRows;
import quantum.record.Notice;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.ConditionalUpdate;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;

/** What a person orders holds over restarts, and flattening goes on until the exchange proves it (reliability C15). */
class OperatingTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    private void order(Event.Command command) {
        rig.on(new Event.Commanded(command));
    }

    private void flatten() {
        order(new Event.Command.Flatten(null));
    }

    private OperatorState standing() {
        return GuardRows.guards(rig.view().guards()).standing();
    }

    private void assertRefused(String id, Symbol symbol, Refusal why) {
        rig.buy(id, symbol);
        assertThat(rig.reports(id))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class, r -> assertThat(r.why()).isEqualTo(why));
    }

    private static VenueEvent.Held held(Symbol symbol) {
        return Replies.held(symbol, Direction.LONG, "10", "100", "100");
    }

    private List<ConditionalUpdate> resting() {
        return rig.calls(Call.PlaceConditional.class).stream()
                .map(rest -> Replies.conditional(rest, ConditionalUpdate.Status.NEW, null))
                .toList();
    }

    @Test
    void pauseRefusesOpensUntilResumeAndOverARestart() {
        exchange.position("a", DeskRig.BTC);
        order(new Event.Command.Pause());
        order(new Event.Command.Pause());
        assertThat(standing().state()).isEqualTo(OperatorState.State.REDUCING);
        rig.restart(List.of(held(DeskRig.BTC)), resting());
        assertRefused("b", DeskRig.ETH, Refusal.PAUSED);
        rig.close("out", DeskRig.BTC);
        exchange.fillClose("100");
        assertThat(rig.reports("out")).singleElement().isInstanceOf(Report.Filled.class);

        order(new Event.Command.Resume());
        assertThat(standing().state()).isEqualTo(OperatorState.State.ACTIVE);
        rig.buy("c", DeskRig.ETH);
        assertThat(rig.last(Call.Open.class).symbol()).isEqualTo(DeskRig.ETH);
    }

    @Test
    void flattenClosesEverythingAndLatches() {
        exchange.position("a", DeskRig.BTC);
        rig.positions(held(DeskRig.BTC), held(DeskRig.ETH));
        exchange.protect();
        flatten();
        assertThat(rig.calls(Call.Close.class)).extracting(Call.Close::symbol).contains(DeskRig.BTC, DeskRig.ETH);
        int closes = rig.calls(Call.Close.class).size();
        flatten();
        assertThat(rig.calls(Call.Close.class)).as("a second press").hasSize(closes);

        rig.calls(Call.Close.class).forEach(close -> exchange.fill(close, "100"));
        assertThat(standing().isFlattening()).as("not proven yet").isTrue();
        assertThat(rig.alerts("flat")).noneMatch(alert -> alert.key().equals("flat"));
        rig.fresh();
        rig.positions();
        assertThat(standing().isFlattening()).isFalse();
        assertThat(rig.alerts("flat")).anyMatch(alert -> alert.key().equals("flat"));
        assertThat(rig.freshCalls(Call.ReadConditionals.class))
                .as("orphans are swept")
                .isPositive();
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).allSatisfy(c -> assertThat(c.reason()).isEqualTo(Closed.Reason.KILL));

        assertRefused("b", DeskRig.ETH, Refusal.HALTED);
        rig.restart(List.of(), List.of());
        assertThat(standing().state()).isEqualTo(OperatorState.State.HALTED);
        assertRefused("c", DeskRig.ETH, Refusal.HALTED);
        order(new Event.Command.Pause());
        assertThat(standing().state()).as("a halt stays a halt").isEqualTo(OperatorState.State.HALTED);
        order(new Event.Command.Resume());
        rig.buy("d", DeskRig.ETH);
        assertThat(rig.last(Call.Open.class).id()).isEqualTo(ClientOrderId.open("d"));
    }

    @Test
    void flattenOfOneSymbolLatchesThatSymbolAlone() {
        exchange.position("a", DeskRig.BTC);
        order(new Event.Command.Flatten(DeskRig.BTC));
        exchange.fillClose("100");
        rig.positions();
        assertThat(standing().state()).isEqualTo(OperatorState.State.ACTIVE);
        assertRefused("b", DeskRig.BTC, Refusal.HALTED);
        rig.restart(List.of(), List.of());
        assertRefused("c", DeskRig.BTC, Refusal.HALTED);
        rig.buy("d", DeskRig.ETH);
        assertThat(rig.last(Call.Open.class).symbol()).isEqualTo(DeskRig.ETH);
        order(new Event.Command.Resume());
        rig.passSeconds(31);
        rig.buy("e", DeskRig.BTC);
        assertThat(rig.last(Call.Open.class).id()).isEqualTo(ClientOrderId.open("e"));
    }

    @Test
    void flattenOfOneSymbolSaysNothingOfTheOthersThatAreHeld() {
        exchange.position("a", DeskRig.BTC);
        rig.positions(held(DeskRig.BTC), held(DeskRig.ETH));
        exchange.protect();
        order(new Event.Command.Flatten(DeskRig.BTC));
        assertThat(rig.alerts("flatten"))
                .extracting(Notice.Alert::text)
                .containsExactly("flattening BTCUSDT; opens in BTCUSDT wait for resume");
        exchange.fill(rig.last(Call.Close.class), "100");
        rig.positions(held(DeskRig.ETH));
        assertThat(standing().isFlattening()).isFalse();
        assertThat(rig.alerts("flat").stream().filter(alert -> alert.key().equals("flat")))
                .extracting(Notice.Alert::text)
                .containsExactly("flattened: the exchange shows that nothing is held in BTCUSDT;"
                        + " opens in BTCUSDT wait for resume");
        rig.buy("b", DeskRig.BTC);
        assertThat(rig.reports("b"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class,
                        rejected -> assertThat(rejected.detail())
                                .isEqualTo("BTCUSDT was flattened; opens in BTCUSDT wait for resume"));
    }

    @Test
    void flattenOfEverythingSaysThatNothingIsHeld() {
        exchange.position("a", DeskRig.BTC);
        flatten();
        exchange.fillClose("100");
        rig.positions();
        assertThat(rig.alerts("flat"))
                .extracting(Notice.Alert::text)
                .containsExactly(
                        "flattening everything; opens are stopped until resume",
                        "flattened: the exchange shows that nothing is held; opens wait for resume");
    }

    @Test
    void flattenTakesOffAnOpenThatIsNotExecutedAndClosesWhatItStillBrings() {
        rig.buy("a", DeskRig.BTC);
        Call.Open open = exchange.acknowledge();
        flatten();
        assertThat(rig.last(Call.CancelOpen.class).id()).isEqualTo(open.id());
        rig.positions();
        assertThat(standing().isFlattening())
                .as("the open may still be executed")
                .isTrue();
        exchange.stream(exchange.update(open, OrderUpdate.Status.CANCELED, "4", "100"));
        Call.Close close = rig.last(Call.Close.class);
        assertThat(close.quantity().value()).isEqualByComparingTo("4");
        exchange.fillClose("100");
        rig.positions();
        assertThat(standing().isFlattening()).isFalse();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.reports("a")).filteredOn(Report::isTerminal).hasSize(1);
    }

    @Test
    void flattenGoesOnAfterARestartAndAfterRefusals() {
        exchange.position("a", DeskRig.BTC);
        flatten();
        exchange.deny(rig.last(Call.Close.class).id(), -1008, Answer.Cause.BUSY);
        rig.restart(List.of(held(DeskRig.BTC)), resting());
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.calls(Call.Close.class)).hasSize(2);
        for (int i = 0; i < 10; i++) {
            exchange.deny(rig.last(Call.Close.class).id(), -1008, Answer.Cause.BUSY);
            rig.passSeconds(1);
        }
        assertThat(rig.calls(Call.Close.class)).hasSizeGreaterThan(8);
        exchange.fillClose("100");
        rig.positions();
        assertThat(standing().isFlattening()).isFalse();
    }

    @Test
    void whatComesToBeHeldWhileFlatteningIsClosedToo() {
        exchange.position("a", DeskRig.BTC);
        flatten();
        rig.positions(held(DeskRig.BTC), held(DeskRig.SOL));
        assertThat(rig.last(Call.Close.class).symbol()).isEqualTo(DeskRig.SOL);
        order(new Event.Command.Resume());
        rig.positions(held(DeskRig.BTC), held(DeskRig.SOL), held(DeskRig.XRP));
        assertThat(rig.calls(Call.Close.class)).extracting(Call.Close::symbol).doesNotContain(DeskRig.XRP);
    }

    @Test
    void readingOfThePositionsFromBeforeTheLastFillProvesNothing() {
        exchange.position("a", DeskRig.BTC);
        flatten();
        long before = rig.now().nanos();
        rig.pass(Duration.ofMillis(1));
        exchange.fillClose("100");
        rig.said(new VenueEvent.PositionsRead(List.of(), before));
        assertThat(standing().isFlattening()).isTrue();
    }

    @Test
    void clearingEndsAGuardAndItsMirroredKeyAndTellsWhy() {
        rig.account("10");
        rig.buy("poor", DeskRig.BTC);
        rig.account("10000");
        assertRefused("cooling", DeskRig.ETH, Refusal.COOLDOWN_GLOBAL);
        order(new Event.Command.Clear(new GuardName(GuardName.Kind.COOLDOWN_GLOBAL, null), "money came in"));
        order(new Event.Command.Clear(new GuardName(GuardName.Kind.COOLDOWN_SYMBOL, DeskRig.BTC), "money came in"));
        order(new Event.Command.Clear(new GuardName(GuardName.Kind.SAFE_MODE, null), "not in safe mode"));
        assertThat(rig.alerts("cleared:")).hasSize(2);
        assertThat(rig.effects)
                .anyMatch(e -> e instanceof Effect.Mirror(var key, var _, var _, Duration lifetime)
                        && key == Effect.MirrorKey.COOLDOWN_GLOBAL
                        && lifetime.isZero());
        rig.restart(List.of(), List.of());
        rig.buy("again", DeskRig.BTC);
        assertThat(rig.last(Call.Open.class).id()).isEqualTo(ClientOrderId.open("again"));
    }

    @Test
    void safeModeEndsWithItsFailures() {
        rig.account("10");
        for (int i = 0; i < 5; i++) {
            rig.buy("poor" + i, DeskRig.BTC);
        }
        rig.account("10000");
        assertRefused("safe", DeskRig.ETH, Refusal.SAFE_MODE);
        order(new Event.Command.Clear(new GuardName(GuardName.Kind.SAFE_MODE, null), "looked"));
        assertThat(GuardRows.guards(rig.view().guards()).marginFailures()).isEmpty();
        assertRefused("cooling", DeskRig.ETH, Refusal.COOLDOWN_GLOBAL);
    }

    @Test
    void observeModeTellsAndFlattensNothing() {
        DeskRig observing = DeskRig.ready(Rules.DEFAULT.withObserve(true));
        observing.positions(held(DeskRig.BTC));
        observing.on(new Event.Commanded(new Event.Command.Flatten(null)));
        observing.passSeconds(3);
        assertThat(observing.calls(Call.Close.class)).isEmpty();
        assertThat(observing.alerts("observed:flatten")).hasSize(1);
    }

    /** Everything that stops opens at once; an exit asks none of it (law 5). */
    @Test
    void withEveryGuardHoldAndHaltAtOnceACloseStillFills() {
        exchange.position("a", DeskRig.BTC);
        exchange.position("e", DeskRig.ETH, "BUY");
        rig.account("0");
        for (int i = 0; i < 5; i++) {
            rig.buy("poor" + i, DeskRig.SOL);
        }
        rig.said(new VenueEvent.OpensHalted(VenueEvent.Halt.CONFIGURATION, -2015, "key", null));
        rig.said(new VenueEvent.OpensHalted(
                VenueEvent.Halt.BLOCKED, 403, "blocked", rig.now().exchange().plusSeconds(600)));
        order(new Event.Command.Pause());
        order(new Event.Command.Flatten(DeskRig.XRP));
        rig.on(new Event.LedgerBehind(true));
        // No price either, and the message is old.
        rig.pass(Duration.ofMinutes(2));
        rig.positions(held(DeskRig.BTC), held(DeskRig.ETH));
        rig.on(new Event.Commanded(new Event.Command.Stop()));
        assertThat(rig.view().status().admitting()).isTrue();
        rig.intent(Map.of(
                "intent_id", "out", "symbol", "BTCUSDT", "action", "CLOSE", "timestamp", "2026-01-05T09:00:00Z"));
        exchange.fillClose("100");
        assertThat(rig.reports("out")).singleElement().isInstanceOf(Report.Filled.class);
        assertRefused("in", DeskRig.SOL, Refusal.PRICE_STALE);
        order(new Event.Command.Flatten(null));
        assertThat(rig.last(Call.Close.class).symbol()).isEqualTo(DeskRig.ETH);
        exchange.fillClose("100");
        rig.positions();
        assertThat(standing().isFlattening()).isFalse();
    }
}
