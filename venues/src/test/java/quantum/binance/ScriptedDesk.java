package quantum.binance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceRequest.Http;
import quantum.binance.BinanceRequest.Method;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.decision.Timer;
import quantum.desk.Desk;
import quantum.intent.Report;
import quantum.intent.reading.IntentReader;
import quantum.record.Notice;
import quantum.record.Snapshot;
import quantum.rules.Rules;
import quantum.venue.Call;

/**
 * The desk above a session, with an exchange that takes everything at once except what a test makes it answer
 * differently. Time moves when told; marks stay fresh.
 */
final class ScriptedDesk {

    static final String ORDER = "POST /fapi/v1/order";
    static final String REST = "POST /fapi/v1/algoOrder";

    private static final Duration STEP = Duration.ofMillis(10);

    private record Pending(long atNanos, long order, Timer timer) {}

    /** An answer for the next requests that it is meant for. */
    private static final class Fault {
        private final Predicate<Http> meets;
        private final int status;
        private final String body;
        private int count;

        Fault(Predicate<Http> meets, int status, String body, int count) {
            this.meets = meets;
            this.status = status;
            this.body = body;
            this.count = count;
        }
    }

    final Script script = new Script();
    final List<Effect> effects = new ArrayList<>();
    /** Whether the exchange has taken the order where it answers with 5xx. */
    boolean takesBeforeItFails;

    /** What refusals of a limit carry. */
    @Nullable
    Duration retryAfter;

    private final Desk desk = new Desk(Rules.DEFAULT);
    private final PriorityQueue<Pending> timers =
            new PriorityQueue<>(Comparator.comparingLong(Pending::atNanos).thenComparingLong(Pending::order));
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, String> orders = new HashMap<>();
    private int seenEvents;
    private long count;
    private long sinceMarksMillis;

    /** Ready, with both symbols as opens want them. */
    static ScriptedDesk ready() {
        ScriptedDesk rig = new ScriptedDesk();
        rig.script.usual.put(
                "/fapi/v1/symbolConfig",
                "[{\"symbol\":\"BTCUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":3},"
                        + "{\"symbol\":\"ETHUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":3}]");
        rig.on(new Event.Restored(Snapshot.EMPTY));
        rig.script.begin();
        rig.settle();
        rig.script.openStreams();
        rig.settle();
        rig.marks();
        rig.script.sent.clear();
        rig.effects.clear();
        return rig;
    }

    /** The next such requests are answered so. */
    void answering(String methodAndPath, int count, int status, String body) {
        faults.add(new Fault(http -> methodAndPath.equals(http.method() + " " + http.path()), status, body, count));
    }

    /** The next requests of any kind are answered so. */
    void answeringAll(int count, int status, String body) {
        faults.add(new Fault(_ -> true, status, body, count));
    }

    void refusing(String methodAndPath, int count, int code) {
        answering(methodAndPath, count, 400, refusal(code));
    }

    static String refusal(int code) {
        return "{\"code\":" + code + ",\"msg\":\"no\"}";
    }

    void open(String id, String symbol) {
        intent(Map.of("intent_id", id, "symbol", symbol, "action", "BUY", "position_size_usd", "300", "leverage", "3"));
    }

    void close(String id, String symbol) {
        intent(Map.of("intent_id", id, "symbol", symbol, "action", "CLOSE"));
    }

    private void intent(Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("timestamp", script.now().exchange().toString());
        on(new Event.IntentArrived(++count + "-0", all, IntentReader.read(all, null), null, 1));
        settle();
    }

    void command(Event.Command command) {
        on(new Event.Commanded(command));
        settle();
    }

    void pass(Duration duration) {
        for (Duration left = duration; left.isPositive(); left = left.minus(STEP)) {
            script.pass(STEP);
            settle();
            while (!timers.isEmpty() && timers.peek().atNanos() <= script.now().nanos()) {
                on(new Event.Woken(timers.remove().timer()));
                settle();
            }
            sinceMarksMillis += STEP.toMillis();
            if (sinceMarksMillis >= 1000) {
                marks();
            }
        }
    }

    private void marks() {
        sinceMarksMillis = 0;
        script.frame(StreamName.MARKET, """
                [{"e":"markPriceUpdate","E":%1$d,"s":"BTCUSDT","p":"30000"},
                {"e":"markPriceUpdate","E":%1$d,"s":"ETHUSDT","p":"3000"}]""".formatted(script.serverMillis()));
        settle();
    }

    private void on(Event event) {
        for (Effect effect : desk.on(event, script.now())) {
            effects.add(effect);
            switch (effect) {
                case Effect.Wake(Timer timer, long at) -> timers.add(new Pending(at, ++count, timer));
                case Effect.Ask(Call call) -> script.call(call);
                default -> {}
            }
        }
    }

    /** Lets the exchange answer and the desk hear until nothing is left to say. */
    private void settle() {
        while (!script.waiting.isEmpty() || seenEvents < script.events.size()) {
            if (seenEvents < script.events.size()) {
                on(new Event.FromVenue(script.events.get(seenEvents++)));
            } else {
                answer(script.next());
            }
        }
    }

    private void answer(Http http) {
        for (Fault fault : faults) {
            if (fault.count > 0 && fault.meets.test(http)) {
                fault.count--;
                if (fault.status >= 500 && takesBeforeItFails) {
                    taken(http);
                }
                script.answer(fault.status, new Usage(null, null, null, retryAfter), fault.body);
                return;
            }
        }
        switch (http.method() + " " + http.path()) {
            case ORDER -> {
                tell(
                        "ORDER_TRADE_UPDATE",
                        ",\"c\":\"" + param(http, "newClientOrderId") + "\",\"i\":" + (count + 1),
                        http);
                script.answer(200, taken(http));
            }
            case "GET /fapi/v1/order" -> {
                String known = orders.get(param(http, "origClientOrderId"));
                script.answer(known == null ? 400 : 200, known == null ? refusal(-2013) : known);
            }
            case REST -> {
                tell(
                        "ALGO_UPDATE",
                        ",\"caid\":\"" + param(http, "clientAlgoId") + "\",\"aid\":" + (count + 1) + ",\"tp\":\""
                                + param(http, "triggerPrice") + "\"",
                        http);
                script.answer(200, rest(http));
            }
            case "DELETE /fapi/v1/algoOrder" ->
                script.answer(
                        200,
                        "{\"algoId\":5,\"clientAlgoId\":\"" + param(http, "clientAlgoId")
                                + "\",\"code\":\"200\",\"msg\":\"success\"}");
            case "GET /fapi/v1/userTrades" -> script.answer(200, "[]");
            case "GET /fapi/v1/algoOrder" -> script.answer(400, refusal(-2013));
            default -> script.usually();
        }
    }

    /** The user stream says so before the answer arrives. */
    private void tell(String event, String ids, Http http) {
        script.frame(
                StreamName.PRIVATE,
                "{\"e\":\"" + event + "\",\"E\":1,\"T\":1700000000000,\"o\":{\"s\":\"" + param(http, "symbol")
                        + "\",\"S\":\"" + param(http, "side")
                        + "\",\"X\":\"NEW\",\"l\":\"0\",\"z\":\"0\",\"ap\":\"0\",\"t\":0" + ids + "}}");
    }

    /** The shape of before 2026-07, which tells the price at once: what is executed is not the matter here. */
    private String taken(Http http) {
        String order = order(http, "FILLED", param(http, "quantity"));
        orders.put(param(http, "newClientOrderId"), order);
        return order;
    }

    private String order(Http http, String status, String executed) {
        return "{\"orderId\":" + ++count + ",\"symbol\":\"" + param(http, "symbol") + "\",\"status\":\"" + status
                + "\",\"clientOrderId\":\"" + param(http, "newClientOrderId") + "\",\"side\":\""
                + param(http, "side") + "\",\"executedQty\":\"" + executed
                + "\",\"avgPrice\":\"3000\",\"updateTime\":1700000000000}";
    }

    private String rest(Http http) {
        return "{\"algoId\":" + ++count + ",\"symbol\":\"" + param(http, "symbol") + "\",\"clientAlgoId\":\""
                + param(http, "clientAlgoId") + "\",\"algoStatus\":\"NEW\",\"triggerPrice\":\""
                + param(http, "triggerPrice") + "\"}";
    }

    static String param(Http http, String name) {
        for (String pair : http.query().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return "";
    }

    /** How often a request left, by method and path. */
    long sent(String methodAndPath) {
        return script.sentPaths().stream().filter(methodAndPath::equals).count();
    }

    /** The requests to place a stop or a target. */
    long sentRests(String type) {
        return script.sent.stream()
                .filter(http ->
                        http.method() == Method.POST && param(http, "type").equals(type))
                .count();
    }

    /** The reason of a refused intent, or the status of another report, of the last one; empty where there is none. */
    String report(String intentId) {
        String last = "";
        for (Effect effect : effects) {
            if (effect instanceof Effect.Publish(Notice.Reported(Report report, var _))
                    && report.subject().intentId().equals(intentId)) {
                last = report instanceof Report.Rejected rejected
                        ? rejected.why().name()
                        : report.status();
            }
        }
        return last;
    }

    long alerts(String keyPrefix) {
        return effects.stream()
                .filter(effect -> effect instanceof Effect.Publish(Notice.Alert alert)
                        && alert.key().startsWith(keyPrefix))
                .count();
    }
}
