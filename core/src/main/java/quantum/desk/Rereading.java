package quantum.desk;

import java.time.Duration;
import java.util.Locale;
import quantum.decision.Decision;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.desk.exit.ClosedTrades;
import quantum.venue.Call;
import quantum.venue.VenueEvent.ReadFailed;

/** What was not answered: told once for each cause, and read again before its turn. */
final class Rereading {

    /**
     * Sooner than the reading's turn, which may be a minute away; not at once, because questions without a pause use up
     * the limits (M22).
     */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final ClosedTrades closedTrades;
    private final Relisting relisting;

    Rereading(ClosedTrades closedTrades, Relisting relisting) {
        this.closedTrades = closedTrades;
        this.relisting = relisting;
    }

    /**
     * Brings the next reading forward. Questions about one order have wake-ups of their own, and orders are answered as
     * such.
     */
    void failed(ReadFailed failed, Decision decision) {
        Call call = failed.call();
        String reading = words(call);
        decision.logOnce(reading + failed.cause(), Marker.READ_FAILED, "reading", reading, "message", failed.cause());
        switch (call) {
            case Call.ReadPositions _ -> decision.wake(Timer.Kind.BOOTSTRAP, "", PAUSE);
            case Call.ReadConditionals _ -> decision.wake(Timer.Kind.RESTS, "", PAUSE);
            case Call.ReadAccount _ -> decision.wake(Timer.Kind.ACCOUNT, "", PAUSE);
            case Call.ReadIncome income -> closedTrades.unpaid(income, decision);
            case Call.ReadTrades trades ->
                closedTrades.unread(trades.symbol(), failed.cause(), failed.isFinal(), decision);
            case Call.ReadRules _ -> relisting.failed(decision);
            case Call.Open _,
                    Call.CancelOpen _,
                    Call.Close _,
                    Call.PlaceConditional _,
                    Call.PlacePair _,
                    Call.CancelConditional _,
                    Call.QueryOrder _,
                    Call.QueryConditional _,
                    Call.ReadOrders _ -> {}
        }
    }

    /** The name of a question in the log, where each cause of a failure is one line with a count (O-15). */
    private static String words(Call call) {
        return switch (call) {
            case Call.ReadPositions _ -> "positions";
            case Call.ReadConditionals _ -> "resting orders";
            case Call.ReadAccount _ -> "account";
            case Call.ReadRules _ -> "rules of the symbols";
            case Call.ReadOrders _ -> "orders on the book";
            case Call.ReadIncome income -> income.kind().name().toLowerCase(Locale.ROOT);
            case Call.ReadTrades(var symbol, var _) -> "trades of " + symbol;
            case Call.QueryOrder(var id, var _, var _) -> "order " + id;
            case Call.QueryConditional(var id, var _) -> "resting order " + id;
            case Call.Open _,
                    Call.CancelOpen _,
                    Call.Close _,
                    Call.PlaceConditional _,
                    Call.PlacePair _,
                    Call.CancelConditional _ -> "answer";
        };
    }
}
