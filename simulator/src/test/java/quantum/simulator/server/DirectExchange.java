package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Reply;
import quantum.simulator.Request;
import quantum.simulator.Simulator;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.binance.BinanceFace;
import quantum.simulator.binance.FrameSink;
import quantum.simulator.control.ControlFace;

/** The face without sockets, on virtual time. */
final class DirectExchange implements Exchange {

    private static final long START = 1_795_000_000_000_000_000L;

    private final Simulator simulator = Simulator.create(SimulatorOptions.defaults(), START);
    private final BinanceFace face = new BinanceFace(simulator);
    private final ControlFace control = new ControlFace(simulator);

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
        var sinkHolder = new Frames[1];
        var connection = face.connect(path, query, new FrameSink() {
            @Override
            public void send(String text) {
                sinkHolder[0].receive(text);
            }

            @Override
            public void close() {
                throw new AssertionError("the exchange closed the stream");
            }
        });
        assertThat(connection).as("path " + path).isNotNull();
        sinkHolder[0] = new Frames() {
            @Override
            void send(String text) {
                if (connection != null) connection.receive(text);
            }
        };
        return sinkHolder[0];
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
