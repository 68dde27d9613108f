package quantum.binance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import quantum.binance.BinanceRequest.CloseStream;
import quantum.binance.BinanceRequest.Http;
import quantum.binance.BinanceRequest.OpenStream;
import quantum.binance.BinanceRequest.SendFrame;
import quantum.binance.BinanceRequest.Wake;
import quantum.venue.Call;
import quantum.venue.Moment;
import quantum.venue.Session.Output;
import quantum.venue.VenueEvent;

/** A session driven by hand: time moves when told, requests wait until they are answered. */
final class Script {

    static final Instant SERVER = Instant.ofEpochMilli(1_700_000_000_000L);
    static final String POSITIONS = "/fapi/v3/positionRisk";

    private static final String LISTING = """
            {"symbol":"%s","contractType":"PERPETUAL","status":"TRADING","quoteAsset":"USDT","marginAsset":"USDT","filters":[
            {"filterType":"PRICE_FILTER","minPrice":"0.1","maxPrice":"1000000","tickSize":"0.10"},
            {"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"},
            {"filterType":"MARKET_LOT_SIZE","minQty":"0.001","maxQty":"120","stepSize":"0.001"},
            {"filterType":"MIN_NOTIONAL","notional":"100"},
            {"filterType":"PERCENT_PRICE","multiplierUp":"1.0500","multiplierDown":"0.9500","multiplierDecimal":"4"}]}
            """;

    private static final BinanceSettings SIMULATOR = BinanceSettings.simulator("http://127.0.0.1:9100");

    final BinanceSession session;
    final List<VenueEvent> events = new ArrayList<>();
    final List<Http> waiting = new ArrayList<>();
    final List<Http> sent = new ArrayList<>();
    final Map<StreamName, OpenStream> streams = new TreeMap<>();
    final List<CloseStream> closed = new ArrayList<>();
    final List<SendFrame> frames = new ArrayList<>();

    /** Answers of the exchange by path, for what a test does not answer itself. */
    final Map<String, String> usual = new TreeMap<>(Map.of(
            "/fapi/v1/premiumIndex",
            "[]",
            "/fapi/v1/exchangeInfo",
            "{\"symbols\":[" + LISTING.formatted("BTCUSDT") + "," + LISTING.formatted("ETHUSDT") + "]}",
            "/fapi/v1/accountConfig",
            "{\"canTrade\":true,\"dualSidePosition\":false,\"multiAssetsMargin\":false}",
            "/fapi/v3/account",
            "{\"assets\":[{\"asset\":\"USDT\",\"walletBalance\":\"1000\",\"availableBalance\":\"900\"}]}",
            "/fapi/v1/symbolConfig",
            "[{\"symbol\":\"BTCUSDT\",\"marginType\":\"CROSSED\",\"leverage\":20},"
                    + "{\"symbol\":\"ETHUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":3}]",
            POSITIONS,
            "[]",
            "/fapi/v1/openAlgoOrders",
            "[]",
            "/fapi/v1/listenKey",
            "{\"listenKey\":\"key-1\"}",
            "/fapi/v1/marginType",
            "{\"code\":200,\"msg\":\"success\"}",
            "/fapi/v1/leverage",
            "{\"leverage\":5,\"maxNotionalValue\":\"1000000\",\"symbol\":\"BTCUSDT\"}"));

    {
        usual.put("/fapi/v1/openOrders", "[]");
    }

    private final TreeMap<Long, List<Long>> timers = new TreeMap<>();
    private long nanos = 1_000_000_000L;
    /** By how much the exchange's clock was moved against ours. */
    Duration moved = Duration.ZERO;

    Script() {
        this(SIMULATOR);
    }

    Script(BinanceSettings settings) {
        session = new BinanceSession(settings);
    }

    Moment now() {
        return new Moment(nanos, SERVER.plusNanos(nanos).minusMillis(250));
    }

    /** Begins and answers everything in the usual way until both streams are open and the account is read. */
    static Script ready() {
        Script script = new Script();
        script.begin();
        script.settle();
        script.openStreams();
        script.settle();
        script.sent.clear();
        script.events.clear();
        return script;
    }

    void begin() {
        take(session.start(now()));
    }

    void call(Call call) {
        take(session.call(call, now()));
    }

    void input(BinanceInput input) {
        take(session.input(input, now()));
    }

    /** The oldest unanswered request. */
    Http next() {
        return waiting.getFirst();
    }

    void answer(int status, String body) {
        input(new BinanceInput.Replied(waiting.removeFirst().id(), status, body));
    }

    void answer(int status, Usage usage, String body) {
        input(new BinanceInput.Replied(waiting.removeFirst().id(), status, usage, body));
    }

    void lose(String cause) {
        input(new BinanceInput.Failed(waiting.removeFirst().id(), false, cause));
    }

    void refuseConnection() {
        input(new BinanceInput.Failed(waiting.removeFirst().id(), true, "connection refused"));
    }

    void usually() {
        Http http = next();
        if (http.path().equals("/fapi/v1/time")) {
            pass(Duration.ofMillis(2));
            answer(200, "{\"serverTime\":" + serverMillis() + "}");
            return;
        }
        String body = usual.get(http.path());
        if (body == null) {
            throw new IllegalStateException("no usual answer to " + http.path());
        }
        answer(200, body);
    }

    /** Answers in the usual way until nothing waits. */
    void settle() {
        while (!waiting.isEmpty()) {
            usually();
        }
    }

    long serverMillis() {
        return SERVER.plusNanos(nanos).plus(moved).toEpochMilli();
    }

    void openStreams() {
        List.copyOf(streams.keySet()).forEach(this::opened);
    }

    void opened(StreamName name) {
        input(new BinanceInput.StreamOpened(name, connection(name)));
    }

    void dropped(StreamName name) {
        input(new BinanceInput.StreamClosed(name, connection(name), "reset"));
    }

    void frame(StreamName name, String text) {
        input(new BinanceInput.FrameReceived(name, connection(name), text));
    }

    long connection(StreamName name) {
        OpenStream open = streams.get(name);
        if (open == null) {
            throw new IllegalStateException(name + " was never asked for");
        }
        return open.connection();
    }

    /** Lets time pass and every timer fire at its time. */
    void pass(Duration duration) {
        long until = nanos + duration.toNanos();
        while (!timers.isEmpty() && timers.firstKey() <= until) {
            var due = timers.pollFirstEntry();
            nanos = Math.max(nanos, due.getKey());
            due.getValue().forEach(timer -> input(new BinanceInput.Woken(timer)));
        }
        nanos = until;
    }

    <E extends VenueEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The paths of all requests sent since the start of the test, with their methods. */
    List<String> sentPaths() {
        return sent.stream().map(http -> http.method() + " " + http.path()).toList();
    }

    private void take(Output<BinanceRequest> output) {
        events.addAll(output.events());
        for (BinanceRequest request : output.requests()) {
            switch (request) {
                case Http http -> {
                    waiting.add(http);
                    sent.add(http);
                }
                case OpenStream open -> streams.put(open.stream(), open);
                case SendFrame frame -> frames.add(frame);
                case CloseStream close -> closed.add(close);
                case Wake wake ->
                    timers.computeIfAbsent(wake.atNanos(), _ -> new ArrayList<>())
                            .add(wake.timer());
            }
        }
    }
}
