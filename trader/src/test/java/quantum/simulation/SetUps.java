package quantum.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest.Http;
import quantum.binance.BinanceRequest.Method;
import quantum.desk.Entry;
import quantum.desk.Notice;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.simulation.Judge.Law;
import quantum.simulator.Simulator;

/** Judges refusals for margin type and leverage: what a symbol already is, and was read to be, is opened on. */
final class SetUps {

    private static final long RECENT = TimeUnit.SECONDS.toNanos(5);

    private final World world;
    private final Simulator exchange;
    private final Judge judge;
    private final Map<String, Integer> wished = new HashMap<>();
    private final Map<String, Long> read = new HashMap<>();

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
        String symbol = http.query().replaceFirst(".*symbol=([^&]*).*", "$1");
        if (changes(http)) {
            read.remove(symbol);
        } else if (Told.readsSetUp(http)) {
            boolean told = input instanceof BinanceInput.Replied replied
                    && replied.status() == 200
                    && replied.body().contains("leverage");
            if (told) {
                read.put(symbol, world.now());
            } else {
                read.remove(symbol);
            }
        }
    }

    void published(Notice notice, long decidedAt) {
        if (!(notice instanceof Notice.Reported(Report.Rejected rejected, var _))
                || rejected.why() != Refusal.LEVERAGE_MISMATCH) {
            return;
        }
        String intent = rejected.subject().intentId();
        String symbol = rejected.subject().symbol().name();
        Integer wish = wished.get(intent);
        Long at = read.get(symbol);
        if (wish == null || at == null || Math.abs(decidedAt - at) > RECENT) {
            return;
        }
        var terms = exchange.accounts().iterator().next().terms(symbol);
        judge.check(
                Law.NO_NEEDLESS_REFUSAL,
                !terms.isolated() || terms.leverage() != wish,
                intent + " of " + symbol + ": " + rejected.detail());
    }
}
