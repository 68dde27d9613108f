package quantum.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest.Http;
import quantum.binance.BinanceRequest.Method;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.simulation.Judge.Law;
import quantum.simulator.Simulator;

/** Judges refusals for margin type and leverage: what a symbol already is, and was read to be, is opened on. */
final class SetUps {

    private static final Pattern LEVERAGE = Pattern.compile("\"leverage\":(\\d+)");
    private static final int NOT_KNOWN = -1;
    /** A refusal follows in the same turn from what was read last, else from something else. */
    private static final long RECENT = TimeUnit.MILLISECONDS.toNanos(10);

    private final World world;
    private final Simulator exchange;
    private final Judge judge;
    private final Map<String, Integer> wished = new HashMap<>();
    private final Map<String, NavigableMap<Long, Integer>> read = new HashMap<>();

    SetUps(World world, Simulator exchange, Judge judge) {
        this.world = world;
        this.exchange = exchange;
        this.judge = judge;
    }

    static boolean changes(Http http) {
        return http.method() == Method.POST
                && (http.path().endsWith("/marginType") || http.path().endsWith("/leverage"));
    }

    void decided(Entry.OrderRow row) {
        if ("OPEN".equals(row.purpose())) {
            wished.put(String.valueOf(row.intentId()), row.leverage());
        }
    }

    /** Only what was read after it was last set counts, and only if it could be read. */
    void heard(Http http, BinanceInput input) {
        if (changes(http) || Told.readsSetUp(http)) {
            String symbol = http.query().replaceFirst(".*symbol=([^&]*).*", "$1");
            Matcher told = LEVERAGE.matcher(
                    Told.readsSetUp(http) && input instanceof BinanceInput.Replied replied ? replied.body() : "");
            read.computeIfAbsent(symbol, _ -> new TreeMap<>())
                    .put(world.now(), told.find() ? Integer.parseInt(told.group(1)) : NOT_KNOWN);
        }
    }

    void published(Notice notice, long decidedAt) {
        if (!(notice instanceof Notice.Reported(Report.Rejected rejected, var _))
                || rejected.why() != Refusal.LEVERAGE_MISMATCH) {
            return;
        }
        if (exchange.accounts().iterator().next().hedged()) {
            // Long and short are opened at once: what one reads is before what the other sets.
            return;
        }
        String intent = rejected.subject().intentId();
        String symbol = rejected.subject().symbol().name();
        Integer wish = wished.get(intent);
        var last = read.getOrDefault(symbol, new TreeMap<>()).floorEntry(decidedAt);
        if (last == null
                || decidedAt - last.getKey() > RECENT
                || !last.getValue().equals(wish)) {
            return;
        }
        var terms = exchange.accounts().iterator().next().terms(symbol);
        judge.check(
                Law.NO_NEEDLESS_REFUSAL,
                !terms.isolated() || terms.leverage() != last.getValue(),
                intent + " of " + symbol + ": " + rejected.detail());
    }
}
