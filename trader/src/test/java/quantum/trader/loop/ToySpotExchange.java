package quantum.trader.loop;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** The other side of {@link ToySpot}: cash, coins, a price, market orders, and pairs of orders that hold
 * what they would sell and cancel each other. It knows nothing of the desk. */
final class ToySpotExchange {

    /** Something said to a client. */
    record Message(long id, String kind, Map<String, String> fields) {
        String field(String name) {
            return Objects.requireNonNull(fields.get(name), name);
        }
    }

    /** Something that a client asks. */
    record Request(long id, String verb, Map<String, String> fields) {
        String field(String name) {
            return Objects.requireNonNull(fields.get(name), name);
        }
    }

    private static final BigDecimal FEE = new BigDecimal("0.001");

    private static final List<String> LEVELS = List.of("STOP", "TARGET");

    private final List<Request> pairs = new ArrayList<>();
    private final Consumer<Message> client;
    private BigDecimal cash = new BigDecimal("1000");
    private BigDecimal coins;
    private BigDecimal price = new BigDecimal("100");
    private long orders;

    ToySpotExchange(BigDecimal savings, Consumer<Message> client) {
        this.coins = savings;
        this.client = client;
    }

    synchronized void perform(List<Request> requests) {
        requests.forEach(this::perform);
    }

    private void perform(Request request) {
        switch (request.verb()) {
            case "hello" ->
                say(0, "hello", Map.of("time", Instant.now().toString(), "price", price.toString(), "cash", cash + ""));
            case "cash" -> say(request.id(), "answer", Map.of("cash", cash.toString()));
            case "order" -> order(request);
            case "pair" -> {
                boolean covered = free().compareTo(new BigDecimal(request.field("quantity"))) >= 0;
                if (covered) {
                    pairs.add(request);
                }
                say(request.id(), "answer", covered ? Map.of() : Map.of("refused", "not enough"));
            }
            case "cancel" -> {
                List<Request> gone = pairs.stream()
                        .filter(pair -> LEVELS.stream()
                                .anyMatch(level -> id(pair, level).equals(request.field("id"))))
                        .toList();
                pairs.removeAll(gone);
                say(request.id(), "answer", gone.isEmpty() ? Map.of("refused", "no such order") : Map.of());
                gone.forEach(pair -> LEVELS.forEach(level -> say(0, "stop", Map.of("id", id(pair, level)))));
            }
            default -> say(request.id(), "answer", Map.of("refused", "unknown"));
        }
    }

    private static String id(Request pair, String level) {
        return pair.field(level).split(" at ", 2)[0];
    }

    private static BigDecimal trigger(Request pair, String level) {
        return new BigDecimal(pair.field(level).split(" at ", 2)[1]);
    }

    /** What no pair holds. */
    private BigDecimal free() {
        return pairs.stream()
                .map(pair -> new BigDecimal(pair.field("quantity")))
                .reduce(coins, BigDecimal::subtract);
    }

    private void order(Request request) {
        BigDecimal quantity = new BigDecimal(request.field("quantity"));
        boolean buys = "BUY".equals(request.field("side"));
        boolean covered = buys ? cash.compareTo(quantity.multiply(price)) >= 0 : free().compareTo(quantity) >= 0;
        if (!covered) {
            say(request.id(), "answer", Map.of("refused", "not enough"));
            return;
        }
        String order = "o" + ++orders;
        say(request.id(), "answer", Map.of("order", order));
        trade(request.field("id"), order, buys, quantity);
    }

    private void trade(String id, String order, boolean buys, BigDecimal quantity) {
        BigDecimal worth = quantity.multiply(price);
        BigDecimal fee = worth.multiply(FEE);
        coins = buys ? coins.add(quantity) : coins.subtract(quantity);
        cash = (buys ? cash.subtract(worth) : cash.add(worth)).subtract(fee);
        say(
                0,
                "traded",
                Map.of(
                        "id",
                        id,
                        "order",
                        order,
                        "side",
                        buys ? "BUY" : "SELL",
                        "quantity",
                        quantity.toPlainString(),
                        "price",
                        price.toPlainString(),
                        "fee",
                        fee.toPlainString()));
    }

    synchronized void price(String next) {
        price = new BigDecimal(next);
        say(0, "price", Map.of("price", next));
        for (Request pair : List.copyOf(pairs)) {
            boolean stopped = price.compareTo(trigger(pair, "STOP")) <= 0;
            if (stopped || price.compareTo(trigger(pair, "TARGET")) >= 0) {
                pairs.remove(pair);
                String order = "o" + ++orders;
                say(0, "stop", Map.of("id", id(pair, stopped ? "TARGET" : "STOP")));
                say(0, "stop", Map.of("id", id(pair, stopped ? "STOP" : "TARGET"), "order", order));
                trade("triggered-" + order, order, false, new BigDecimal(pair.field("quantity")));
            }
        }
    }

    synchronized BigDecimal coins() {
        return coins;
    }

    synchronized List<String> stops() {
        return pairs.stream()
                .flatMap(pair -> LEVELS.stream()
                        .map(level -> level + " " + pair.field("quantity") + " at " + trigger(pair, level)))
                .toList();
    }

    private void say(long id, String kind, Map<String, String> fields) {
        client.accept(new Message(id, kind, fields));
    }
}
