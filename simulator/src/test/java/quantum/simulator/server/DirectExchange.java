package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import quantum.simulator.FrameSink;
import quantum.simulator.Reply;
import quantum.simulator.Request;
import quantum.simulator.Simulator;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.binance.BinanceFace;
import quantum.simulator.binance.ClientConnection;
import quantum.simulator.control.ControlFace;

/** The face without sockets, on virtual time. */
final class DirectExchange implements Exchange {

    private static final long START = 1_795_000_000_000_000_000L;

    private final Simulator simulator;
    private final BinanceFace face;
    private final ControlFace control;

    DirectExchange() {
        this(SimulatorOptions.defaults());
    }

    DirectExchange(SimulatorOptions options) {
        simulator = Simulator.create(options, START);
        face = new BinanceFace(simulator);
        control = new ControlFace(simulator, face.endpoints());
    }

    @Override
    public Answer send(String method, String path, String query, String body, @Nullable String apiKey) {
        var request = new Request(method, path, bytes(query), bytes(body), apiKey);
        Reply reply = path.startsWith("/sim/") ? control.handle(request) : face.handle(request);
        simulator.advanceTo(simulator.now() + reply.delayNanos());
        return reply.dropped()
                ? Answer.LOST
                : new Answer(reply.status(), reply.body(), Answer.lowerCase(reply.headers()));
    }

    /** One character a byte, as a socket would bring it. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Override
    public Frames open(String path, String query) {
        return open(path, query, true);
    }

    @Override
    public int refusal(String path, String query) {
        var handshake = face.connect(path, query, Request.LOOPBACK, new Client(true));
        assertThat(handshake.connection()).isNull();
        return handshake.status();
    }

    /** A client that may leave pings without an answer. */
    Frames open(String path, String query, boolean answersPings) {
        var client = new Client(answersPings);
        client.connection = face.connect(path, query, Request.LOOPBACK, client).connection();
        assertThat(client.connection).as("path " + path).isNotNull();
        return client.frames;
    }

    private static final class Client implements FrameSink {

        private final boolean answersPings;
        private @Nullable ClientConnection connection;
        private final Frames frames = new Frames() {
            @Override
            void send(String text) {
                if (connection != null) connection.receive(text);
            }
        };

        Client(boolean answersPings) {
            this.answersPings = answersPings;
        }

        @Override
        public void send(String text) {
            frames.receive(text);
        }

        @Override
        public void ping(String payload) {
            frames.countPing();
            if (answersPings && connection != null) connection.pong(payload);
        }

        @Override
        public void close() {
            frames.end();
        }
    }

    @Override
    public void await(BooleanSupplier condition) {
        for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) pass(10);
        assertThat(condition.getAsBoolean()).as("within ten seconds").isTrue();
    }

    @Override
    public void pass(long millis) {
        simulator.advanceTo(simulator.now() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Override
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(simulator.now());
    }

    @Override
    public void close() {}
}
