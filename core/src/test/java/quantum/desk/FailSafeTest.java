package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import quantum.decision.Event;
import quantum.guard.GuardName;
import quantum.intent.Closed;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Contract;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.record.Notice;
import quantum.rules.Rules;
import quantum.venue.Answer;
import quantum.venue.Call;

/** What becomes of coins for which no pair can rest (seed 004): the exchange has closed its advanced orders to this key. */
class FailSafeTest {

    private static Rules rules(Rules.FailSafe failSafe) {
        return Rules.DEFAULT.withGuarding(Rules.DEFAULT.guarding().withFailSafe(failSafe));
    }

    private static DeskRig rig(Rules.FailSafe failSafe) {
        return DeskRig.ready(rules(failSafe), new Contract.Coin("BTC", "USDT"));
    }

    private static Replies bought(DeskRig rig) {
        Replies exchange = new Replies(rig);
        rig.buy("a", DeskRig.BTC);
        exchange.fill("100");
        return exchange;
    }

    /** Each pair that is placed is refused, second by second. */
    private static void refuse(DeskRig rig, int seconds) {
        for (int i = 0; i < seconds; i++) {
            new PairReplies(rig).refused(140001, Answer.Cause.CONFIGURATION);
            rig.passSeconds(1);
        }
    }

    private static Notice.Alert only(DeskRig rig, String key) {
        assertThat(rig.alerts(key)).hasSize(1);
        return rig.alerts(key).getFirst();
    }

    @Test
    void closesAndStopsTheSymbolUntilAPersonClearsIt() {
        DeskRig rig = rig(Rules.FailSafe.CLOSE_AND_STOP);
        Replies exchange = bought(rig);
        refuse(rig, 6);
        Call.PlacePair last = rig.last(Call.PlacePair.class);
        assertThat(rig.last(Call.Close.class).quantity()).isEqualTo(Quantity.of("10"));
        assertThat(only(rig, "failsafe:").text())
                .contains(
                        "FAILSAFE: UNPROTECTED POSITION of 10 BTCUSDT",
                        ClientOrderId.open("a").value())
                .contains(Replies.orderId(ClientOrderId.open("a")).value())
                .contains(
                        last.stopId().value().substring(0, 24),
                        last.targetId().value().substring(0, 24))
                .contains("quantum safety clear breaker:BTCUSDT");
        exchange.fillClose("100");
        rig.passSeconds(1);
        exchange.trades(DeskRig.BTC);
        assertThat(rig.closed()).extracting(Closed::reason).containsExactly(Closed.Reason.EMERGENCY);
        rig.mark();
        rig.buy("b", DeskRig.BTC);
        assertThat(((Report.Rejected) rig.reports("b").getLast()).why()).isEqualTo(Refusal.SYMBOL_LATCHED);
        rig.on(new Event.Commanded(
                new Event.Command.Clear(new GuardName(GuardName.Kind.BREAKER, DeskRig.BTC), "looked")));
        rig.passSeconds(30);
        rig.account("10000");
        rig.buy("c", DeskRig.BTC);
        assertThat(rig.reports("c")).isEmpty();
        assertThat(rig.calls(Call.Open.class)).hasSize(2);
    }

    @Test
    void onlyAlertsWhereAPersonWantsThatAndTriesOn() {
        DeskRig rig = rig(Rules.FailSafe.ALERT);
        bought(rig);
        refuse(rig, 6);
        int tries = rig.calls(Call.PlacePair.class).size();
        refuse(rig, 150);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
        assertThat(rig.calls(Call.PlacePair.class)).hasSizeGreaterThan(tries);
        assertThat(rig.alerts("unprotected:")).as("again and again").hasSizeGreaterThan(1);
        assertThat(rig.alerts("failsafe:").getFirst().text()).contains("quantum flatten BTCUSDT --yes");
        assertThat(Objects.requireNonNull(rig.view().guards().standing()).latched())
                .isEmpty();
        assertThat(rig.view().counts().unprotected()).isEqualTo(1);
    }

    @Test
    void closesAloneWhereNothingElseIsSaid() {
        DeskRig rig = rig(Rules.DEFAULT.guarding().failSafe());
        bought(rig);
        refuse(rig, 6);
        assertThat(rig.calls(Call.Close.class)).hasSize(1);
        assertThat(rig.alerts("failsafe:")).isEmpty();
        assertThat(Objects.requireNonNull(rig.view().guards().standing()).latched())
                .isEmpty();
    }
}
