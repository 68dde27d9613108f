package quantum.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.record.Notice;
import quantum.simulation.Judge.Law;
import quantum.simulator.Account;
import quantum.simulator.NewOrder;
import quantum.simulator.Order;
import quantum.simulator.Side;
import quantum.simulator.Simulator;

/** Looks at closes that were told that nothing is held: no entry of ours may be under way on the exchange then. */
final class LastWords {

    private final Simulator exchange;
    private final Judge judge;
    private final Supplier<MemoryLedger> books;
    private final Map<String, Map<String, String>> closes = new HashMap<>();

    LastWords(Simulator exchange, Judge judge, Supplier<MemoryLedger> books) {
        this.exchange = exchange;
        this.judge = judge;
        this.books = books;
    }

    /** A producer sent an intent. */
    void sent(String intentId, Map<String, String> fields) {
        if ("CLOSE".equals(fields.get("action"))) {
            closes.put(intentId, fields);
        }
    }

    /** A notice is durable. */
    void published(Notice notice) {
        if (!(notice instanceof Notice.Reported(Report.Rejected rejected, var _))
                || rejected.why() != Refusal.NO_POSITION) {
            return;
        }
        Map<String, String> close = closes.get(rejected.subject().intentId());
        if (close == null) {
            return;
        }
        Account account = exchange.accounts().iterator().next();
        account.orders().open().stream()
                .map(Order::terms)
                .filter(entry -> entry.clientId().startsWith("qo-") && isMeant(close, entry))
                .filter(entry -> books.get().order(entry.clientId()) != null)
                .forEach(entry -> judge.check(
                        Law.CLOSE_IS_THE_LAST_WORD,
                        false,
                        rejected.subject().intentId() + " was told NO_POSITION while " + entry.clientId()
                                + " was under way"));
        judge.check(Law.CLOSE_IS_THE_LAST_WORD, true, "");
    }

    private static boolean isMeant(Map<String, String> close, NewOrder entry) {
        String side = close.getOrDefault("position_side", "BOTH");
        return entry.symbol().equals(close.get("symbol"))
                && (side.equals("BOTH") || side.equals(entry.side() == Side.BUY ? "LONG" : "SHORT"));
    }
}
