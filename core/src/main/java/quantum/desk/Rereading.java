package quantum.desk;

import java.time.Duration;
import java.util.Locale;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.decision.Turn;
import quantum.desk.exit.Settling;
import quantum.venue.Call;
import quantum.venue.VenueEvent.ReadFailed;

/** What was not answered: told once for each cause, and read again before its turn. */
final class Rereading {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Settling settling;
    private final Relisting relisting;

    Rereading(Settling settling, Relisting relisting) {
        this.settling = settling;
        this.relisting = relisting;
    }

    /** What is asked for orders and lives has wake-ups of its own. */
    void failed(ReadFailed failed, Turn turn) {
        Call call = failed.call();
        String reading = words(call);
        turn.logOnce(reading + failed.cause(), Marker.READ_FAILED, "reading", reading, "message", failed.cause());
        switch (call) {
            case Call.ReadPositions _ -> turn.wake(Timer.Kind.BOOTSTRAP, "", PAUSE);
            case Call.ReadConditionals _ -> turn.wake(Timer.Kind.RESTS, "", PAUSE);
            case Call.ReadAccount _ -> turn.wake(Timer.Kind.ACCOUNT, "", PAUSE);
            case Call.ReadIncome income -> settling.unpaid(income, turn);
            case Call.ReadTrades trades -> settling.unread(trades.symbol(), failed.cause(), failed.isFinal(), turn);
            case Call.ReadRules _ -> relisting.failed(turn);
            case Call.Open _,
                    Call.CancelOpen _,
                    Call.Close _,
                    Call.PlaceConditional _,
                    Call.CancelConditional _,
                    Call.QueryOrder _,
                    Call.QueryConditional _,
                    Call.ReadOrders _ -> {}
        }
    }

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
            case Call.Open _, Call.CancelOpen _, Call.Close _, Call.PlaceConditional _, Call.CancelConditional _ -> "answer";
        };
    }
}
