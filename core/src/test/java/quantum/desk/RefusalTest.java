package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.intent.reading.IntentReader;
import quantum.market.Price;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.VenueEvent;

/** Opens that do not become orders, and why; every message has one ending (law 8). */
class RefusalTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    private String why(String intentId) {
        return rig.reports(intentId).stream()
                .map(r -> r instanceof Report.Rejected rejected ? rejected.why().name() : r.status())
                .reduce((first, second) -> second)
                .orElse("none");
    }

    private Map<String, String> wish(String id, String... more) {
        Map<String, String> fields = new HashMap<>(
                Map.of("intent_id", id, "symbol", "BTCUSDT", "action", "BUY", "position_size_usd", "1000"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields;
    }

    @Test
    void sameIntentAHundredTimesIsOneOrderAndNinetyNineDuplicates() {
        Map<String, String> fields = wish("a", "timestamp", rig.now().exchange().toString());
        for (int i = 0; i < 100; i++) {
            rig.intent(fields);
        }
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
        assertThat(rig.count(Effect.CountDuplicate.class)).isEqualTo(99);
        assertThat(rig.count(Effect.Acknowledge.class)).isEqualTo(100);
    }

    @Test
    void m13ReplayAfterMemoryForgotIsKnownByTheLedger() {
        Map<String, String> fields = wish("a", "timestamp", rig.now().exchange().toString());
        rig.intent(fields);
        exchange.fill("100");
        exchange.protect();
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("100");
        exchange.trades(DeskRig.BTC);
        rig.restart(java.util.List.of(), java.util.List.of());
        rig.intent(fields);
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
        assertThat(rig.count(Effect.CountDuplicate.class)).isEqualTo(1);
    }

    @Test
    void sameIdentityWithOtherContentIsRefusedAndAlarmed() {
        rig.intent(wish("a"));
        rig.intent(wish("a", "position_size_usd", "2000"));
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
        assertThat(why("a")).isEqualTo("IDENTITY_REUSED");
        assertThat(rig.alerts("identity-reused")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"quantity, 0.00001", "close_fraction, 0.00001"})
    void b6_aCloseThatIsTooSmallNamesTheFieldThatWasSentAndWhatIsHeld(String field, String value) {
        exchange.position("a", DeskRig.BTC);
        rig.intent(Map.of("intent_id", "b", "symbol", "BTCUSDT", "action", "CLOSE", field, value));
        assertThat(rig.reports("b")).singleElement().isInstanceOfSatisfying(Report.Rejected.class, report -> {
            assertThat(report.why()).isEqualTo(Refusal.CLOSE_TOO_SMALL);
            assertThat(report.field()).isEqualTo(field);
            assertThat(report.detail())
                    .isEqualTo(field + " " + value
                            + " of the 10 held is less than one step, or less than the exchange takes");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "leverage, 11, LEVERAGE_ABOVE_MAX",
        "leverage, 10, none",
        "stop_loss, 100, STOP_WRONG_SIDE",
        "stop_loss, 101, STOP_WRONG_SIDE",
        "take_profit, 100, TARGET_WRONG_SIDE",
        "take_profit, 99, TARGET_WRONG_SIDE",
        "take_profit, 20000, SCHEMA_INVALID",
        "stop_loss, 30, STOP_BEYOND_LIQUIDATION",
        "position_size_usd, 0.01, QTY_BELOW_MIN",
        "position_size_usd, 4, NOTIONAL_BELOW_MIN",
        "position_size_usd, 1e8, QTY_ABOVE_MAX",
        "position_size_usd, 9000, MARGIN_INSUFFICIENT",
        "position_size_usd, NaN, SCHEMA_INVALID",
        "position_size_usd, -5, SCHEMA_INVALID",
        "symbol, DOGEUSDT, SYMBOL_UNKNOWN",
        "timestamp, 2026-01-05T09:58:59Z, STALE_INTENT",
        "timestamp, 2026-01-05T10:00:30Z, STALE_INTENT",
        "expires_at, 2026-01-05T09:59:59Z, STALE_INTENT",
        "reduceOnly, maybe, SCHEMA_INVALID",
        "reason, TP_HIT, CLOSE_UNMARKED",
        "trailing_pct, 0.01, TRAILING_INVALID",
        "break_even_pct, 0.1, BREAK_EVEN_INVALID",
        "break_even_pct, 0.11, none",
        "break_even_pct, 2.5, none",
        "break_even_pct, 2.51, BREAK_EVEN_INVALID",
        "ladder, 1:0.5/2.5:0.5, none",
        "ladder, 1:0.5/2.51:0.5, LADDER_INVALID",
        "ladder, 1:0.6/2:0.5, LADDER_INVALID",
        "max_time_sec, 1.5, SCHEMA_INVALID",
    })
    void oneFieldDecides(String field, String value, String why) {
        rig.intent(wish("a", field, field.equals("ladder") ? value.replace('/', ',') : value));
        assertThat(why("a")).isEqualTo(why);
        assertThat(rig.calls(Call.Open.class)).hasSize("none".equals(why) ? 1 : 0);
    }

    @Test
    void slippageCountsFromTheExpectedPrice() {
        rig.intent(wish("a", "entry_price", "98", "max_slippage_pct", "2"));
        assertThat(why("a")).isEqualTo("SLIPPAGE");
        rig.intent(wish("b", "entry_price", "98", "max_slippage_pct", "2.1"));
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    @Test
    void priceThatNobodyHasSeenForThreeSecondsIsNoPrice() {
        rig.pass(Duration.ofSeconds(4));
        rig.intent(wish("a"));
        assertThat(why("a")).isEqualTo("PRICE_STALE");
    }

    @Test
    void aPriceThatJumpedOpensNothingUntilTheNextDecides() {
        rig.mark(DeskRig.BTC, "106");
        rig.intent(wish("a"));
        assertThat(why("a")).isEqualTo("PRICE_DOUBTED");
        rig.mark(DeskRig.BTC, "105.9");
        rig.intent(wish("b", "stop_loss", "105", "take_profit", "107"));
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    @Test
    void unreadableMessageIsADeadLetterAndNotAReport() {
        Map<String, String> fields = Map.of("action", "BUY", "intent_id", "a");
        rig.on(new Event.IntentArrived("7-0", fields, IntentReader.read(fields, null), null, 3));
        assertThat(rig.<Notice.DeadLetter>notices(n -> n instanceof Notice.DeadLetter dead ? dead : null))
                .singleElement()
                .satisfies(dead -> {
                    assertThat(dead.original()).isEqualTo(fields);
                    assertThat(dead.deliveries()).isEqualTo(3);
                });
        assertThat(rig.reports()).isEmpty();
        assertThat(rig.count(Effect.Acknowledge.class)).isEqualTo(1);
    }

    @Test
    void secondOpenWhileTheFirstIsInFlightIsLocked() {
        rig.intent(wish("a"));
        rig.intent(wish("b"));
        assertThat(why("b")).isEqualTo("SYMBOL_LOCKED");
    }

    @Test
    void rateOfASymbolAndOfAll() {
        exchange.position("a", DeskRig.BTC);
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("100");
        rig.intent(wish("b"));
        assertThat(why("b")).isEqualTo("RATE_SYMBOL");
    }

    @Test
    void breachOfTheGlobalRateCoolsDownAllOpens() {
        DeskRig quick = DeskRig.ready();
        for (int i = 0; i < 6; i++) {
            quick.buy("i" + i, DeskRig.SYMBOLS.get(i % 4));
            if (!quick.calls(Call.Open.class).isEmpty()
                    && quick.reports("i" + i).isEmpty()) {
                new Replies(quick).deny(quick.last(Call.Open.class).id(), -1, Answer.Cause.OTHER);
            }
            quick.passSeconds(i == 3 ? 31 : 0);
        }
        quick.buy("over", DeskRig.SOL);
        quick.buy("after", DeskRig.XRP);
        assertThat(quick.reports("after"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Rejected.class, r -> assertThat(r.why().name()).startsWith("COOLDOWN"));
    }

    @Test
    void seed003MarginSpamCoolsDownThenSafeModeReallyStopsOpens() {
        rig.account("100");
        for (int i = 0; i < 5; i++) {
            rig.buy("m" + i, DeskRig.SYMBOLS.get(i % 4));
        }
        assertThat(why("m0")).isEqualTo("MARGIN_INSUFFICIENT");
        assertThat(why("m1")).isEqualTo("COOLDOWN_GLOBAL");
        assertThat(rig.alerts("safe-mode")).hasSize(1);
        rig.account("10000");
        rig.buy("sixth", DeskRig.XRP);
        assertThat(why("sixth")).isEqualTo("SAFE_MODE");
        assertThat(rig.calls(Call.Open.class)).isEmpty();
        rig.passSeconds(901);
        rig.buy("later", DeskRig.XRP);
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    @Test
    void olderAccountReadingFreesNothing() {
        long before = rig.now().nanos();
        exchange.position("a", DeskRig.BTC);
        rig.account("9000");
        rig.said(new quantum.venue.VenueEvent.AccountRead(
                java.util.List.of(DeskRig.balance("USDT", "10000")), java.util.Set.of(), before));
        assertThat(rig.view().status().freeMargin().get("USDT")).isEqualByComparingTo("9000");
    }

    @Test
    void sameSideMovesTheStopCloserAndNeverLoosensIt() {
        exchange.position("a", DeskRig.BTC);
        rig.intent(wish("loose", "stop_loss", "97"));
        assertThat(why("loose")).isEqualTo("POSITION_EXISTS");
        rig.intent(wish("tight", "stop_loss", "99"));
        exchange.moved();
        assertThat(why("tight")).isEqualTo("updated");
        assertThat(rig.lastRest(Level.STOP).trigger()).isEqualTo(Price.of("99"));
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    @Test
    void updateInPercentThatTheMarkHasPassedIsRefusedAndTheOldStopStays() {
        rig.intent(wish("a", "stop_loss", "95"));
        exchange.fill("100");
        exchange.protect();
        rig.mark(DeskRig.BTC, "98");
        rig.intent(wish("u", "stop_loss_pct", "1"));
        assertThat(why("u")).isEqualTo("STOP_WRONG_SIDE");
        assertThat(rig.calls(Call.CancelConditional.class)).isEmpty();
    }

    @Test
    void updateWhosePositionEndsMeanwhileIsRefused() {
        exchange.position("a", DeskRig.BTC);
        rig.intent(wish("u", "stop_loss", "99"));
        rig.close("c", DeskRig.BTC);
        exchange.fillClose("100");
        assertThat(why("u")).isEqualTo("NO_POSITION");
    }

    @Test
    void otherSideIsRefused() {
        exchange.position("a", DeskRig.BTC);
        rig.intent(wish("b", "action", "SELL"));
        assertThat(why("b")).isEqualTo("POSITION_OPPOSITE");
    }

    @Test
    void pauseStoppingAndALedgerBehindStopOpens() {
        rig.on(new Event.Commanded(new Event.Command.Pause()));
        rig.intent(wish("a"));
        rig.on(new Event.Commanded(new Event.Command.Resume()));
        rig.on(new Event.LedgerBehind(true));
        rig.intent(wish("b"));
        rig.on(new Event.LedgerBehind(false));
        rig.on(new Event.Commanded(new Event.Command.Stop()));
        rig.intent(wish("c"));
        assertThat(why("a")).isEqualTo("PAUSED");
        assertThat(why("b")).isEqualTo("LEDGER_BEHIND");
        assertThat(why("c")).isEqualTo("STOPPING");
    }

    @Test
    void anOldMarkOpensNothing() {
        rig.passSeconds(1);
        rig.pass(Duration.ofSeconds(20));
        // What waited in the socket of a stalled process.
        rig.said(new VenueEvent.Marked(
                Map.copyOf(rig.marks), rig.now().exchange().minusSeconds(15)));
        rig.buy("b", DeskRig.ETH);
        assertThat(rig.reports("b"))
                .singleElement()
                .satisfies(report -> assertThat(report.terminalState()).isEqualTo("REJECTED"));
        rig.mark();
        rig.buy("d", DeskRig.ETH);
        assertThat(rig.reports("d")).isEmpty();
    }
}
