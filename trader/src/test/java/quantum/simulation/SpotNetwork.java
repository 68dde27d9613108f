package quantum.simulation;

import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.cryptocom.CryptoComInput;
import quantum.cryptocom.CryptoComRequest;
import quantum.cryptocom.CryptoComRequest.Http;
import quantum.cryptocom.CryptoComRequest.OpenStream;
import quantum.cryptocom.CryptoComRequest.SendFrame;
import quantum.simulation.Weather.Fault;
import quantum.simulator.FrameSink;
import quantum.simulator.Reply;
import quantum.simulator.Request;
import quantum.simulator.cryptocom.CryptoComFace;

/** The wires to Crypto.com. */
final class SpotNetwork extends Network<CryptoComInput, CryptoComRequest> {

    private static final String ROOT = "/exchange/v1/";
    /** Nothing was done. */
    private static final String[] BUSY = {
        "502 <html><body>Bad Gateway</body></html>",
        "500 {\"code\":50001,\"message\":\"ERR_INTERNAL\"}",
        "503 {\"code\":10001,\"message\":\"SYS_ERROR\"}",
        "429 {\"code\":42901,\"message\":\"RATE_LIMIT\"}"
    };
    /** It was done all the same. */
    private static final String[] STRANGE = {
        "500 {\"code\":50001,\"message\":\"ERR_INTERNAL\"}",
        "408 {\"code\":40801,\"message\":\"REQUEST_TIMEOUT\"}",
        "502 <html><body>Bad Gateway</body></html>",
        "200 ",
        "200 {\"id\":1,\"code\":0,\"result\":"
    };
    /** The exchange says no to an order, and means it. */
    private static final String[] REJECTED = {
        "500 {\"code\":306,\"message\":\"INSUFFICIENT_AVAILABLE_BALANCE\"}",
        "400 {\"code\":50007,\"message\":\"INVALID_TRIGGER\"}",
        "400 {\"code\":318,\"message\":\"EXCEEDS_MAX_ALLOWED_ORDERS\"}",
        "400 {\"code\":224,\"message\":\"ENTRY_DENIED\"}"
    };

    private static final String[] LIMITED = {"429 {\"code\":42901,\"message\":\"RATE_LIMIT\"}"};
    /** Within the minute for which a nonce is taken, as far as the clocks agree. */
    private static final long LATEST_ADMISSION_MILLIS = 57_000;

    private final World world;
    private final Weather weather;
    private final CryptoComFace face;
    private final Readings readings;
    private final Watch watch;

    SpotNetwork(
            World world,
            Weather weather,
            CryptoComFace face,
            Readings readings,
            Watch watch,
            Consumer<CryptoComInput> inbox) {
        super(world, weather, watch, inbox);
        this.world = world;
        this.weather = weather;
        this.face = face;
        this.readings = readings;
        this.watch = watch;
    }

    @Override
    void perform(CryptoComRequest request) {
        switch (request) {
            case Http http -> send(http);
            case OpenStream open -> open(opening(open));
            case SendFrame frame -> sendFrame(frame.connection(), frame.text());
            case CryptoComRequest.CloseStream close -> hangUp(close.connection());
            case CryptoComRequest.Wake(long timer, long at) ->
                world.at(at, () -> tell(new CryptoComInput.Woken(timer)));
        }
    }

    private static Opening<CryptoComInput> opening(OpenStream open) {
        return new Opening<>(
                open.connection(),
                open.url(),
                () -> new CryptoComInput.StreamOpened(open.stream(), open.connection()),
                text -> new CryptoComInput.FrameReceived(open.stream(), open.connection(), text),
                cause -> new CryptoComInput.StreamClosed(open.stream(), open.connection(), cause));
    }

    @Override
    Handshake connect(String url, FrameSink sink) {
        return new Handshake(face.connect(URI.create(url).getPath(), Request.LOOPBACK, sink), 101);
    }

    @Override
    boolean tellsMark(String frame) {
        return frame.contains("\"mark.") || frame.contains("\"ticker.");
    }

    private static boolean orders(Http http) {
        return http.method().equals("private/create-order") || http.method().equals("private/advanced/create-oco");
    }

    private void send(Http http) {
        leaves("POST " + http.method() + "?" + http.query() + http.body());
        Consumer<CryptoComInput> once = once(input -> {
            if (input instanceof CryptoComInput.Replied && http.method().endsWith("/get-valuations")) {
                watch.marked();
            }
            tell(input);
        });
        Sending<CryptoComInput> sending = new Sending<>(
                http.timeout().toMillis(),
                cause -> new CryptoComInput.Failed(http.id(), false, cause),
                () -> new CryptoComInput.Failed(http.id(), true, "refused"));
        if (orders(http) && weather.strikes(Fault.ADMITTED_LATE)) {
            world.in(weather.between(5_000, LATEST_ADMISSION_MILLIS), () -> arrive(http, _ -> {}));
            world.in(http.timeout().toMillis(), () -> once.accept(sending.lost().apply("timeout")));
            return;
        }
        carry(sending, once, () -> arrive(http, once));
    }

    private Reply handled(Http http) {
        String path = ROOT + http.method();
        readings.asked(path);
        Request request = http.body().isEmpty()
                ? new Request("GET", path, http.query(), "", null)
                : new Request("POST", path, "", http.body(), null);
        Reply reply = face.handle(request);
        world.note(request.method() + path + reply.status());
        watch.answered(path, reply.status(), reply.body());
        return reply;
    }

    private void arrive(Http http, Consumer<CryptoComInput> answer) {
        if (weather.strikes(Fault.BUSY_BEFORE)) {
            invent(http, BUSY, answer);
            return;
        }
        if (orders(http) && weather.strikes(Fault.REJECTED)) {
            invent(http, REJECTED, answer);
            return;
        }
        if (!orders(http) && weather.strikes(Fault.LIMITED)) {
            invent(http, LIMITED, answer);
            return;
        }
        Reply reply = handled(http);
        long late = pause() + TimeUnit.NANOSECONDS.toMillis(reply.delayNanos());
        if (reply.dropped() || weather.strikes(Fault.LOST_AFTER)) {
            if (world.below(2) == 0) {
                world.in(late, () -> answer.accept(new CryptoComInput.Failed(http.id(), false, "reset")));
            }
        } else if (weather.strikes(Fault.STRANGE_AFTER)) {
            invent(http, STRANGE, answer);
        } else {
            Instant date = date(reply);
            world.in(
                    late,
                    () -> answer.accept(new CryptoComInput.Replied(http.id(), reply.status(), date, reply.body())));
        }
    }

    private static @Nullable Instant date(Reply reply) {
        String header = reply.headers().get("Date");
        return header == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
    }

    private void invent(Http http, String[] answers, Consumer<CryptoComInput> answer) {
        String text = answers[world.below(answers.length)];
        int status = Integer.parseInt(text.substring(0, 3));
        String body = text.substring(4);
        world.in(pause(), () -> answer.accept(new CryptoComInput.Replied(http.id(), status, null, body)));
    }
}
