package quantum.cryptocom;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import quantum.cryptocom.CryptoComRequest.Http;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.decision.Timer;
import quantum.desk.Desk;
import quantum.intent.Closed;
import quantum.intent.Report;
import quantum.intent.reading.IntentReader;
import quantum.record.Notice;
import quantum.record.Snapshot;
import quantum.rules.Rules;
import quantum.venue.Call;
import tools.jackson.databind.JsonNode;

/**
 * The desk above a session, with an exchange that fills every market order at once and lets pairs rest until a test
 * moves them. What it says of a pair it says when it is asked, unless a test pushes it.
 */
final class ScriptedDesk {

    private static final Duration STEP = Duration.ofMillis(20);

    private record Pending(long atNanos, long order, Timer timer) {}

    /** One order of the exchange, as far as it matters here. */
    private static final class Order {
        private final String id;
        private final String clientId;
        private final String listId;
        private final String type;
        private final String side;
        private final BigDecimal quantity;
        private final String price;
        private String status;
        private BigDecimal done = BigDecimal.ZERO;
        private String child = "";

        Order(String id, String listId, JsonNode params, String status) {
            this.id = id;
            this.listId = listId;
            this.status = status;
            clientId = params.path("client_oid").asString();
            type = params.path("type").asString();
            side = params.path("side").asString();
            quantity = new BigDecimal(params.path("quantity").asString());
            price = params.has("price")
                    ? params.path("price").asString()
                    : params.path("ref_price").asString("60000");
        }

        boolean isOpen() {
            return status.equals("ACTIVE") || status.equals("PENDING");
        }

        String json() {
            String level = type.equals("STOP_LOSS") ? "ref_price" : "limit_price";
            return "{\"order_id\":\"" + id + "\",\"client_oid\":\"" + clientId + "\",\"list_id\":\"" + listId
                    + "\",\"order_type\":\"" + type + "\",\"side\":\"" + side + "\",\"quantity\":\"" + quantity
                    + "\",\""
                    + level + "\":\"" + price + "\",\"avg_price\":\"" + (done.signum() > 0 ? price : "0")
                    + "\",\"cumulative_quantity\":\"" + done + "\",\"cumulative_value\":\""
                    + done.multiply(new BigDecimal(price)) + "\",\"status\":\"" + status
                    + "\",\"instrument_name\":\"BTC_USD\",\"exchange_order_id\":\"" + child
                    + "\",\"update_time\":1796040001000}";
        }
    }

    final Script script = new Script();
    final List<Effect> effects = new ArrayList<>();
    /** What the exchange cancels of each market buy. */
    BigDecimal residue = BigDecimal.ZERO;
    /** Whether stops of the next pairs are rejected some time after they were acknowledged. */
    boolean rejectsStops;

    /** The method whose next answer is lost after the exchange took the request. */
    String losesAnswerOf = "";
    /** The method that the exchange refuses, and with what. */
    String refuses = "";

    int refusal;

    private static final Duration NONCE = Duration.ofSeconds(60);

    private final Desk desk = new Desk(Rules.DEFAULT
            .withWindows(NONCE, NONCE)
            .withGuarding(Rules.DEFAULT.guarding().withFailSafe(Rules.FailSafe.CLOSE_AND_STOP)));
    private final PriorityQueue<Pending> timers =
            new PriorityQueue<>(Comparator.comparingLong(Pending::atNanos).thenComparingLong(Pending::order));
    private final Map<String, Order> orders = new LinkedHashMap<>();
    private final List<String> trades = new ArrayList<>();
    private BigDecimal coins = BigDecimal.ZERO;
    private int seenEvents;
    private long count = 7_000_000_000_000_000_000L;
    private long sinceMarksMillis;

    static ScriptedDesk ready() {
        ScriptedDesk rig = new ScriptedDesk();
        rig.on(new Event.Restored(Snapshot.EMPTY));
        rig.script.begin();
        rig.settle();
        rig.script.connect();
        rig.settle();
        rig.pass(Duration.ofSeconds(2));
        rig.effects.clear();
        return rig;
    }

    void intent(String id, String action, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("intent_id", id);
        all.put("symbol", "BTC_USD");
        all.put("action", action);
        all.put("timestamp", script.now().exchange().toString());
        on(new Event.IntentArrived(++count + "-0", all, IntentReader.read(all, null), null, 1));
        settle();
    }

    /** Bought for 600 USD: 0.01. */
    void open() {
        intent("i-1", "BUY", Map.of("position_size_usd", "600", "stop_loss", "57000", "take_profit", "66000"));
        pass(Duration.ofSeconds(1));
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
                sinceMarksMillis = 0;
                script.frame(
                        StreamName.MARKET,
                        "{\"id\":-1,\"method\":\"subscribe\",\"code\":0,\"result\":{"
                                + "\"instrument_name\":\"BTC_USD\",\"subscription\":\"mark.BTC_USD\",\"channel\":\"mark\","
                                + "\"data\":[{\"v\":\"60000\",\"t\":"
                                + script.server().toEpochMilli() + "}]}}");
                settle();
            }
        }
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

    private void settle() {
        while (!script.waiting.isEmpty() || seenEvents < script.events.size()) {
            if (seenEvents < script.events.size()) {
                on(new Event.FromVenue(script.events.get(seenEvents++)));
            } else {
                answer(script.waiting.getFirst());
            }
        }
    }

    private void answer(Http http) {
        JsonNode params =
                http.isGet() ? Script.json("{}") : Script.json(http.body()).path("params");
        String method = http.method();
        if (method.equals(refuses)) {
            script.refuse(method, 200, refusal);
            return;
        }
        switch (method) {
            case Script.CREATE -> taken(method, created(params));
            case Script.CREATE_OCO -> taken(method, paired(params));
            case Script.DETAIL, Script.ADVANCED_DETAIL -> {
                Order order = found(params);
                boolean isThere = order != null && (order.listId.isEmpty() == method.equals(Script.DETAIL));
                if (order != null && isThere) {
                    script.answer(method, order.json());
                } else {
                    script.refuse(method, 200, 40401);
                }
            }
            case Script.LIST_DETAIL ->
                script.answer(method, list(params.path("list_id_list").path(0).asString()));
            case Script.CANCEL_OCO -> {
                orders.values().stream()
                        .filter(order ->
                                order.listId.equals(params.path("list_id").asString()) && order.isOpen())
                        .forEach(order -> order.status = "CANCELED");
                script.answer(method, "{}");
            }
            case Script.BALANCE ->
                script.answer(method, Script.balances(balance("USD", "10000"), balance("BTC", coins.toPlainString())));
            case Script.TRADES ->
                script.answer(method, Shapes.data(trades.reversed().toArray(String[]::new)));
            default -> script.usually(method);
        }
    }

    private void taken(String method, String result) {
        if (method.equals(losesAnswerOf)) {
            losesAnswerOf = "";
            script.lose(method);
        } else {
            script.answer(method, result);
        }
    }

    private static String balance(String coin, String quantity) {
        return "{\"instrument_name\":\"" + coin + "\",\"quantity\":\"" + quantity + "\",\"max_withdrawal_balance\":\""
                + quantity + "\"}";
    }

    private @Nullable Order found(JsonNode params) {
        return orders.values().stream()
                .filter(order -> order.clientId.equals(params.path("client_oid").asString(" "))
                        || order.id.equals(params.path("order_id").asString(" ")))
                .findFirst()
                .orElse(null);
    }

    private String list(String listId) {
        return Shapes.data(orders.values().stream()
                .filter(order -> order.listId.equals(listId))
                .map(Order::json)
                .toArray(String[]::new));
    }

    private String created(JsonNode params) {
        Order order = new Order(String.valueOf(++count), "", params, "FILLED");
        orders.put(order.id, order);
        BigDecimal left = order.side.equals("BUY") ? residue : BigDecimal.ZERO;
        fill(order, order.quantity.subtract(left), left.signum() > 0 ? "CANCELED" : "FILLED");
        return "{\"order_id\":\"" + order.id + "\",\"client_oid\":\"" + order.clientId + "\"}";
    }

    private String paired(JsonNode params) {
        String listId = String.valueOf(++count);
        for (JsonNode leg : params.path("order_list")) {
            boolean isStop = leg.path("type").asString().equals("STOP_LOSS");
            Order order = new Order(String.valueOf(++count), listId, leg, isStop ? "PENDING" : "ACTIVE");
            orders.put(order.id, order);
            if (isStop && rejectsStops) {
                order.status = "REJECTED";
            }
        }
        return "{\"list_id\":\"" + listId + "\"}";
    }

    private void fill(Order order, BigDecimal quantity, String status) {
        order.done = order.done.add(quantity);
        order.status = status;
        coins = order.side.equals("BUY") ? coins.add(quantity) : coins.subtract(quantity);
        long nanos = Duration.between(Instant.EPOCH, script.server()).toNanos();
        String trade = Shapes.trade(order.id, ++count, order.side, quantity.toPlainString(), "-0.5", "USD", nanos)
                .replace("\"traded_price\":\"60000.00\"", "\"traded_price\":\"" + order.price + "\"");
        trades.add(trade);
        script.push("user.order", order.json().replace("\"exchange_order_id\":\"\",", ""));
        script.push("user.trade", trade);
    }

    /** The target sells a part or all; the exchange ends the stop. */
    void targetSells(String quantity) {
        Order target = open("LIMIT");
        open("STOP_LOSS").status = "CANCELED";
        BigDecimal sold = new BigDecimal(quantity);
        boolean isWhole = target.done.add(sold).compareTo(target.quantity) == 0;
        fill(target, sold, isWhole ? "FILLED" : "ACTIVE");
        settle();
    }

    /** Somebody takes the target off, and the exchange leaves the stop where it is. */
    void targetGoesAlone() {
        Order target = open("LIMIT");
        target.status = "CANCELED";
        script.push("user.order", target.json().replace("\"exchange_order_id\":\"\",", ""));
        settle();
    }

    /** The stop fires under an id that nobody knows; no stream speaks of the pair. */
    void stopFires() {
        Order stop = open("STOP_LOSS");
        open("LIMIT").status = "CANCELED";
        JsonNode sale =
                Script.json("{\"client_oid\":\"1796040009\",\"type\":\"MARKET\",\"side\":\"SELL\",\"quantity\":\""
                        + stop.quantity + "\",\"price\":\"56990\"}");
        Order child = new Order(String.valueOf(++count), "", sale, "FILLED");
        orders.put(child.id, child);
        stop.child = child.id;
        stop.status = "FILLED";
        fill(child, child.quantity, "FILLED");
        settle();
    }

    private Order open(String type) {
        return orders.values().stream()
                .filter(order -> order.type.equals(type) && order.isOpen())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + type + " rests"));
    }

    /** Type, quantity and level of all that rests. */
    List<String> resting() {
        return orders.values().stream()
                .filter(Order::isOpen)
                .map(order -> order.type + " " + order.quantity.toPlainString() + " at " + order.price)
                .toList();
    }

    BigDecimal coins() {
        return coins;
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

    /** Why positions ended, and with what. */
    List<Closed> ends() {
        List<Closed> ends = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Publish(Notice.TradeClosed(Closed closed, var _))) {
                ends.add(closed);
            }
        }
        return ends;
    }

    /** All alerts, for a message of a test. */
    List<String> alerts() {
        return effects.stream()
                .filter(effect -> effect instanceof Effect.Publish(Notice.Alert _))
                .map(Object::toString)
                .toList();
    }
}
