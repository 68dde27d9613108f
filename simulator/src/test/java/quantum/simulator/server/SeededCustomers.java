package quantum.simulator.server;

import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.ExchangeContract.Customer;

/** Three customers who do what a seed tells them, and everything that they are answered and told. */
final class SeededCustomers {

    private static final int STEPS = 400;
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");
    private static final List<Customer> CUSTOMERS =
            List.of(Customer.FIRST, new Customer("hedger", "second"), new Customer("isolated", "third"));
    private static final String ORDERS =
            "{\"answer\":\"unknown\",\"kind\":\"%s\",\"match\":\"%s /fapi/v1/%s\",\"skip\":%d}";
    private static final String FRAMES = "{\"kind\":\"%s\",\"match\":\"STREAM %s\",\"skip\":%d,\"millis\":40}";

    private final DirectExchange exchange;
    private final SplittableRandom random;
    private final List<Frames> streams = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private int orders;

    SeededCustomers(long seed) {
        exchange = new DirectExchange(SimulatorOptions.defaults()
                .withSeed(seed)
                .withSymbols(Set.copyOf(SYMBOLS))
                .withFillDelay(Duration.ofMillis(1), Duration.ofMillis(60)));
        random = new SplittableRandom(seed);
    }

    /** Prints one history, for another process to compare. */
    public static void main(String[] arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        new SeededCustomers(Long.parseLong(arguments[0])).play().forEach(out::println);
    }

    List<String> play() {
        begin();
        for (int step = 0; step < STEPS; step++) {
            act();
            exchange.pass(random.nextLong(150));
        }
        for (var customer : CUSTOMERS) {
            for (var path : List.of("v3/account", "v2/positionRisk", "v1/income", "v1/forceOrders", "v1/adlQuantile")) {
                ask(customer, "GET", "/fapi/" + path, "");
            }
        }
        note(exchange.send("GET", "/sim/ledger", "", "", null));
        note(exchange.send("GET", "/sim/requests", "", "", null));
        for (var stream : streams) history.addAll(stream.texts());
        return history;
    }

    private void begin() {
        control("/sim/account", "{\"apiKey\":\"hedger\",\"secret\":\"second\",\"hedged\":true,\"balance\":\"3000\"}");
        control(
                "/sim/account",
                "{\"apiKey\":\"isolated\",\"secret\":\"third\",\"isolated\":{\"BTCUSDT\":true},"
                        + "\"leverage\":{\"BTCUSDT\":50,\"ETHUSDT\":50}}");
        control("/sim/settings", "{\"fundingIntervalSeconds\":3,\"queryDelayMillis\":30}");
        for (var customer : CUSTOMERS) {
            var key = exchange.send("POST", "/fapi/v1/listenKey", "", "", customer.key());
            streams.add(exchange.open("/private/stream", "listenKey=" + key.text("listenKey")));
        }
        streams.add(exchange.open(
                "/market/stream",
                "streams=!markPrice@arr@1s/btcusdt@kline_1m/btcusdt@kline_1h/btcusdt@kline_5m/!forceOrder@arr"));
        for (int i = 0; i < 8; i++) {
            control("/sim/fault", ORDERS.formatted("lost_after", "POST", "order", 3 + 10 * i));
            control("/sim/fault", ORDERS.formatted("http_after", "GET", "order", 2 + 5 * i));
            control("/sim/fault", ORDERS.formatted("partial_then_expire", "POST", "order", 5 + 9 * i));
            control("/sim/fault", FRAMES.formatted("reorder", "ORDER_TRADE_UPDATE", 7 * i));
            control("/sim/fault", FRAMES.formatted("drop", "/private", 30 + 40 * i));
            control("/sim/fault", FRAMES.formatted("delay", "/market", 11 * i));
        }
    }

    private void act() {
        var customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
        var symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
        switch (random.nextInt(9)) {
            case 0 -> ask(customer, "POST", ExchangeContract.ALGO, stop(customer, symbol));
            case 1 -> ask(customer, "DELETE", "/fapi/v1/algoOpenOrders", "symbol=" + symbol);
            case 2 -> control("/sim/price", "{\"symbol\":\"BTCUSDT\",\"price\":\"%d\"}".formatted(percent(50_000)));
            case 3 -> {
                var batch = "[" + item(customer, symbol) + "," + item(customer, symbol) + "]";
                ask(customer, "POST", "/fapi/v1/batchOrders", "batchOrders=" + encoded(batch));
            }
            case 4 ->
                ask(
                        customer,
                        "GET",
                        ExchangeContract.ORDER,
                        "symbol=" + symbol + "&origClientOrderId=order-" + random.nextInt(orders + 1));
            default -> ask(customer, "POST", ExchangeContract.ORDER, order(customer, symbol));
        }
    }

    /** Up to eight percent away. */
    private long percent(long price) {
        return price + price * random.nextLong(-8, 9) / 100;
    }

    private String order(Customer customer, String symbol) {
        var price = symbol.equals("BTCUSDT") ? "&price=" + percent(50_000) : "";
        var limit = !price.isEmpty() && random.nextBoolean();
        return "symbol=" + symbol + "&side=" + (random.nextBoolean() ? "BUY" : "SELL")
                + (limit ? "&type=LIMIT&timeInForce=GTC" + price : "&type=MARKET")
                + "&quantity=" + quantity(symbol) + side(customer) + "&newClientOrderId=order-" + orders++;
    }

    private String side(Customer customer) {
        if (!customer.key().equals("hedger")) return "";
        return "&positionSide=" + (random.nextBoolean() ? "LONG" : "SHORT");
    }

    private String quantity(String symbol) {
        return symbol.equals("BTCUSDT") ? "0." + (100 + random.nextInt(400)) : Long.toString(1 + random.nextInt(5));
    }

    private String item(Customer customer, String symbol) {
        return "{\"" + order(customer, symbol).replace("=", "\":\"").replace("&", "\",\"") + "\"}";
    }

    private String stop(Customer customer, String symbol) {
        return "algoType=CONDITIONAL&closePosition=true&type=STOP_MARKET&symbol=" + symbol + "&side="
                + (random.nextBoolean() ? "BUY" : "SELL") + side(customer) + "&triggerPrice=" + percent(50_000);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void control(String path, String body) {
        note(exchange.send("POST", path, "", body, null));
    }

    private void ask(Customer customer, String method, String path, String parameters) {
        var payload = parameters + (parameters.isEmpty() ? "" : "&") + "timestamp=" + exchange.millis();
        var full = payload + "&signature=" + customer.sign(payload);
        note(exchange.send(method, path, full, "", customer.key()));
    }

    private void note(Answer answer) {
        history.add(answer.status() + " " + answer.headers() + " " + answer.body());
    }
}
