package quantum.cryptocom;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import quantum.cryptocom.CryptoComRequest.CloseStream;
import quantum.cryptocom.CryptoComRequest.Http;
import quantum.cryptocom.CryptoComRequest.OpenStream;
import quantum.cryptocom.CryptoComRequest.SendFrame;
import quantum.cryptocom.CryptoComRequest.Wake;
import quantum.market.Symbol;
import quantum.venue.Call;
import quantum.venue.Moment;
import quantum.venue.Session.Output;
import quantum.venue.VenueEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A session driven by hand: time moves when a test says so, requests wait until they are answered. */
final class Script {

    static final Instant SERVER = Instant.parse("2026-11-30T12:00:00.400Z");
    static final Symbol BTC = new Symbol("BTC_USD");
    static final Symbol DOGE = new Symbol("DOGE_USD");

    static final String INSTRUMENTS = "public/get-instruments";
    static final String BALANCE = "private/user-balance";
    static final String OPEN_ORDERS = "private/get-open-orders";
    static final String ADVANCED_OPEN = "private/advanced/get-open-orders";
    static final String CREATE = "private/create-order";
    static final String DETAIL = "private/get-order-detail";
    static final String ADVANCED_DETAIL = "private/advanced/get-order-detail";
    static final String LIST_DETAIL = "private/advanced/get-order-list-detail";
    static final String CREATE_OCO = "private/advanced/create-oco";
    static final String CANCEL_OCO = "private/advanced/cancel-oco";
    static final String TRADES = "private/get-trades";
    static final String VALUATIONS = "public/get-valuations";

    private static final JsonMapper MAPPER = JsonMapper.shared();

    final CryptoComSession session;
    final List<VenueEvent> events = new ArrayList<>();
    final List<Http> waiting = new ArrayList<>();
    final List<Http> sent = new ArrayList<>();
    final List<Long> sentNanos = new ArrayList<>();
    final Map<StreamName, Long> streams = new TreeMap<>();
    final List<StreamName> opened = new ArrayList<>();
    final List<CloseStream> closed = new ArrayList<>();
    final List<SendFrame> frames = new ArrayList<>();

    /** What the exchange answers where a test does not answer itself. */
    final Map<String, String> usual = new TreeMap<>(Map.of(
            INSTRUMENTS,
            "{\"data\":[" + instrument("BTC_USD", "BTC", "0.01", "0.00001") + ","
                    + instrument("DOGE_USD", "DOGE", "0.000001", "1") + "]}",
            BALANCE,
            balances("{\"instrument_name\":\"USD\",\"quantity\":\"1000.50\",\"reserved_qty\":\"0\","
                    + "\"max_withdrawal_balance\":\"900.25\"}"),
            OPEN_ORDERS,
            "{\"data\":[]}",
            ADVANCED_OPEN,
            "{\"data\":[]}",
            VALUATIONS,
            "{\"instrument_name\":\"BTC_USD\",\"data\":[{\"v\":\"60000.00\",\"t\":1796040000000}]}"));

    private final TreeMap<Long, List<Long>> timers = new TreeMap<>();
    private long nanos = 1_000_000_000L;
    /** By how much the exchange's clock was moved against ours. */
    Duration moved = Duration.ZERO;
    /** Whether prices that are asked for are answered at once. */
    boolean answersPrices = true;

    Script() {
        this(CryptoComSettings.simulator("http://127.0.0.1:9100", Set.of(BTC)));
    }

    Script(CryptoComSettings settings) {
        session = new CryptoComSession(settings);
    }

    /** Ready, with nothing of the way there left in the lists. */
    static Script ready() {
        Script script = new Script();
        script.begin();
        script.settle();
        script.connect();
        script.settle();
        // What was asked on the way counts into no limit any more.
        script.pass(Duration.ofMillis(1500));
        script.forget();
        return script;
    }

    void forget() {
        events.clear();
        sent.clear();
        sentNanos.clear();
        frames.clear();
        opened.clear();
    }

    static String instrument(String symbol, String base, String tick, String step) {
        return "{\"symbol\":\"" + symbol + "\",\"inst_type\":\"CCY_PAIR\",\"base_ccy\":\"" + base
                + "\",\"quote_ccy\":\"USD\",\"quote_decimals\":2,\"quantity_decimals\":5,\"price_tick_size\":\"" + tick
                + "\",\"qty_tick_size\":\"" + step + "\",\"max_leverage\":\"50\",\"tradable\":true}";
    }

    static String balances(String... rows) {
        return "{\"data\":[{\"instrument_name\":\"USD\",\"total_available_balance\":\"7\",\"position_balances\":["
                + String.join(",", rows) + "]}]}";
    }

    Moment now() {
        return new Moment(nanos, SERVER.plusNanos(nanos).plusMillis(250));
    }

    Instant server() {
        return SERVER.plusNanos(nanos).plus(moved);
    }

    void begin() {
        take(session.start(now()));
    }

    /** Both streams open, settle, log in and subscribe. */
    void connect() {
        openStream(StreamName.PRIVATE);
        openStream(StreamName.MARKET);
        pass(Duration.ofSeconds(1));
        acknowledgeAll();
    }

    void openStream(StreamName name) {
        input(new CryptoComInput.StreamOpened(name, connection(name)));
    }

    /** Answers each login and subscription that was sent and not answered yet. */
    void acknowledgeAll() {
        int next = 0;
        while (next < frames.size()) {
            SendFrame frame = frames.get(next++);
            JsonNode json = json(frame.text());
            String method = json.path("method").asString();
            if (method.equals("public/auth")) {
                frame(
                        frame.stream(),
                        "{\"id\":" + json.path("id").asString() + ",\"method\":\"public/auth\",\"code\":0}");
            } else if (method.equals("subscribe")) {
                String channel = json.path("params").path("channels").path(0).asString();
                frame(
                        frame.stream(),
                        "{\"id\":" + json.path("id").asString()
                                + ",\"method\":\"subscribe\",\"code\":0,\"result\":{\"subscription\":\"" + channel
                                + "\",\"channel\":\"" + channel + "\"}}");
            }
        }
        frames.clear();
    }

    void call(Call call) {
        take(session.call(call, now()));
    }

    void input(CryptoComInput input) {
        take(session.input(input, now()));
    }

    void frame(StreamName name, String text) {
        input(new CryptoComInput.FrameReceived(name, connection(name), text));
    }

    /** A push of a channel of the user stream. */
    void push(String channel, String... rows) {
        frame(
                StreamName.PRIVATE,
                "{\"id\":-1,\"method\":\"subscribe\",\"code\":0,\"result\":{\"subscription\":\"" + channel
                        + "\",\"channel\":\"" + channel + "\",\"data\":[" + String.join(",", rows) + "]}}");
    }

    void drop(StreamName name) {
        input(new CryptoComInput.StreamClosed(name, connection(name), "reset"));
    }

    long connection(StreamName name) {
        Long connection = streams.get(name);
        if (connection == null) {
            throw new IllegalStateException(name + " was never asked for");
        }
        return connection;
    }

    Http waiting(String method) {
        return waiting.stream()
                .filter(http -> http.method().equals(method))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody waits for " + method + " but for "
                        + waiting.stream().map(Http::method).toList()));
    }

    boolean awaits(String method) {
        return waiting.stream().anyMatch(http -> http.method().equals(method));
    }

    void answer(String method, String result) {
        reply(method, 200, "{\"id\":1,\"method\":\"" + method + "\",\"code\":0,\"result\":" + result + "}");
    }

    /** As the exchange refuses: a code, a message, and what was asked. */
    void refuse(String method, int status, int code) {
        reply(
                method,
                status,
                "{\"id\":1,\"method\":\"" + method + "\",\"code\":" + code
                        + ",\"message\":\"REFUSED\",\"original\":\"{}\"}");
    }

    void reply(String method, int status, String body) {
        Http http = waiting(method);
        waiting.remove(http);
        input(new CryptoComInput.Replied(http.id(), status, server().truncatedTo(ChronoUnit.SECONDS), body));
    }

    void lose(String method) {
        Http http = waiting(method);
        waiting.remove(http);
        input(new CryptoComInput.Failed(http.id(), false, "reset"));
    }

    void refuseConnection(String method) {
        Http http = waiting(method);
        waiting.remove(http);
        input(new CryptoComInput.Failed(http.id(), true, "nobody accepts a connection there"));
    }

    /** Answers in the usual way until nothing waits. */
    void settle() {
        while (!waiting.isEmpty()) {
            usually(waiting.getFirst().method());
        }
    }

    void usually(String method) {
        String result = usual.get(method);
        if (result == null) {
            throw new IllegalStateException("no usual answer to " + method);
        }
        answer(method, result);
    }

    /** Lets time pass and every timer fire at its time. */
    void pass(Duration duration) {
        long until = nanos + duration.toNanos();
        while (!timers.isEmpty() && timers.firstKey() <= until) {
            var due = timers.pollFirstEntry();
            nanos = Math.max(nanos, due.getKey());
            due.getValue().forEach(timer -> input(new CryptoComInput.Woken(timer)));
        }
        nanos = until;
    }

    <E extends VenueEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <E extends VenueEvent> E only(Class<E> kind) {
        List<E> found = events(kind);
        if (found.size() != 1) {
            throw new AssertionError("one " + kind.getSimpleName() + " expected, not " + found);
        }
        return found.getFirst();
    }

    List<String> sentMethods() {
        return sent.stream()
                .map(Http::method)
                .filter(Predicate.not(VALUATIONS::equals))
                .toList();
    }

    /** The body of the last request of a method. */
    JsonNode body(String method) {
        return json(sent.stream()
                .filter(http -> http.method().equals(method))
                .reduce((_, last) -> last)
                .orElseThrow(() -> new IllegalStateException(method + " was never sent"))
                .body());
    }

    JsonNode params(String method) {
        return body(method).path("params");
    }

    List<JsonNode> frames(StreamName stream) {
        return frames.stream()
                .filter(frame -> frame.stream() == stream)
                .map(frame -> json(frame.text()))
                .toList();
    }

    static JsonNode json(String text) {
        return MAPPER.readTree(text);
    }

    private void take(Output<CryptoComRequest> output) {
        events.addAll(output.events());
        for (CryptoComRequest request : output.requests()) {
            switch (request) {
                case Http http -> {
                    waiting.add(http);
                    sent.add(http);
                    sentNanos.add(nanos);
                }
                case OpenStream open -> {
                    streams.put(open.stream(), open.connection());
                    opened.add(open.stream());
                }
                case SendFrame frame -> frames.add(frame);
                case CloseStream close -> closed.add(close);
                case Wake wake ->
                    timers.computeIfAbsent(wake.atNanos(), _ -> new ArrayList<>())
                            .add(wake.timer());
            }
        }
        while (answersPrices && awaits(VALUATIONS)) {
            usually(VALUATIONS);
        }
    }
}
