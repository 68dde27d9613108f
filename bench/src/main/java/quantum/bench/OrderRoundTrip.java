package quantum.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest;
import quantum.binance.BinanceSession;
import quantum.binance.BinanceSettings;
import quantum.binance.BinanceSettings.Endpoints;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.binance.StreamName;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Moment;
import quantum.venue.Session.Output;
import quantum.venue.VenueEvent;

/** What one order costs the session: build, stamp and sign the request, read the answer and tell it. No socket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class OrderRoundTrip {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long LIMIT = 8 * SECOND;
    private static final ClientOrderId ID = ClientOrderId.exit("epoch", 1);
    private static final Call ORDER = new Call.Close(ID, new Symbol("BTCUSDT"), Side.SELL, Quantity.of("0.010"));
    private static final String RULES = """
            {"symbols":[{"symbol":"BTCUSDT","contractType":"PERPETUAL","status":"TRADING","quoteAsset":"USDT","marginAsset":"USDT","filters":[
            {"filterType":"PRICE_FILTER","minPrice":"0.1","maxPrice":"1000000","tickSize":"0.10"},
            {"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"},
            {"filterType":"MARKET_LOT_SIZE","minQty":"0.001","maxQty":"120","stepSize":"0.001"},
            {"filterType":"MIN_NOTIONAL","notional":"100"}]}]}
            """;
    private static final String ANSWER = """
            {"orderId":8389765739703625592,"symbol":"BTCUSDT","status":"NEW","clientOrderId":"%s","price":"0.00",
            "origQty":"0.010","executedQty":"0.000","cumQty":"0.000","timeInForce":"GTC","type":"MARKET",
            "reduceOnly":true,"closePosition":false,"side":"SELL","positionSide":"BOTH","stopPrice":"0.00",
            "workingType":"CONTRACT_PRICE","priceProtect":false,"origType":"MARKET","priceMatch":"NONE",
            "selfTradePreventionMode":"EXPIRE_MAKER","goodTillDate":0,"updateTime":1700000000000}
            """.formatted(ID);

    /** The door of the order and the kind of key. */
    public enum Way {
        REST_HMAC,
        REST_ED25519,
        SOCKET_HMAC,
        SOCKET_LOGGED_ON
    }

    @Param
    public Way way = Way.REST_HMAC;

    private final Deque<BinanceRequest> requests = new ArrayDeque<>();
    private BinanceSession session = new BinanceSession(BinanceSettings.simulator("http://127.0.0.1:9"));
    private long nanos = 1;
    private long orders;
    private long cpuNanos;

    @Setup
    public void begin() throws NoSuchAlgorithmException {
        boolean isEd25519 = way == Way.REST_ED25519 || way == Way.SOCKET_LOGGED_ON;
        boolean isSocket = way == Way.SOCKET_HMAC || way == Way.SOCKET_LOGGED_ON;
        session = new BinanceSession(
                BinanceSettings.of(Endpoints.simulator("http://127.0.0.1:9"), "key", isEd25519 ? pem() : "secret")
                        .withOrderEntry(isSocket ? OrderEntry.WEBSOCKET : OrderEntry.REST));
        take(session.start(now()));
        List<VenueEvent> told = new ArrayList<>();
        while (!requests.isEmpty()) {
            told.addAll(answer(requests.poll()));
        }
        if (told.stream().noneMatch(VenueEvent.Ready.class::isInstance)) {
            throw new IllegalStateException("the session did not start: " + told);
        }
    }

    private static String pem() throws NoSuchAlgorithmException {
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----";
    }

    /** Counts the thread's own processor time too: on a busy machine the clock's shows the neighbours. */
    @Setup(Level.Iteration)
    public void countFromHere() {
        orders = 0;
        cpuNanos = THREADS.getCurrentThreadCpuTime();
    }

    @TearDown(Level.Iteration)
    public void tellProcessorTime() {
        long nanosEach = (THREADS.getCurrentThreadCpuTime() - cpuNanos) / Math.max(1, orders);
        System.out.printf(Locale.ROOT, "[cpu %d.%03d us/op] ", nanosEach / 1000, nanosEach % 1000);
    }

    @Benchmark
    public List<VenueEvent> order() {
        orders++;
        take(session.call(ORDER, now()));
        List<VenueEvent> told = List.of();
        while (!requests.isEmpty()) {
            List<VenueEvent> said = answer(requests.poll());
            told = said.isEmpty() ? told : said;
        }
        if (!(told.getFirst() instanceof VenueEvent.OrderAnswered(var _, Answer.Accepted<?> _))) {
            throw new IllegalStateException("not accepted: " + told);
        }
        return told;
    }

    private Moment now() {
        nanos += Duration.ofMillis(1).toNanos();
        return new Moment(nanos, START.plusNanos(nanos));
    }

    private List<VenueEvent> take(Output<BinanceRequest> output) {
        requests.addAll(output.requests());
        return output.events();
    }

    private List<VenueEvent> answer(BinanceRequest request) {
        return switch (request) {
            case BinanceRequest.Http http -> input(new BinanceInput.Replied(http.id(), 200, body(http.path())));
            case BinanceRequest.OpenStream open ->
                input(new BinanceInput.StreamOpened(open.stream(), open.connection()));
            case BinanceRequest.SendFrame frame ->
                input(new BinanceInput.FrameReceived(
                        StreamName.ORDERS,
                        frame.connection(),
                        "{\"id\":" + frame.id() + ",\"status\":200,\"result\":" + ANSWER + "}"));
            // The limit of an answer on a socket, which has come by then; other timers are not an order's.
            case BinanceRequest.Wake wake
            when Math.abs(wake.atNanos() - nanos - LIMIT) < SECOND -> input(new BinanceInput.Woken(wake.timer()));
            case BinanceRequest.Wake _, BinanceRequest.CloseStream _ -> List.of();
        };
    }

    private List<VenueEvent> input(BinanceInput input) {
        return take(session.input(input, now()));
    }

    private String body(String path) {
        return switch (path) {
            case "/fapi/v1/order" -> ANSWER;
            case "/fapi/v1/time" -> "{\"serverTime\":" + START.plusNanos(nanos).toEpochMilli() + "}";
            case "/fapi/v1/exchangeInfo" -> RULES;
            case "/fapi/v1/accountConfig" -> "{\"canTrade\":true,\"dualSidePosition\":false}";
            case "/fapi/v3/account" -> "{\"assets\":[],\"totalWalletBalance\":\"1\",\"availableBalance\":\"1\"}";
            case "/fapi/v1/listenKey" -> "{\"listenKey\":\"key\"}";
            default -> "[]";
        };
    }
}
