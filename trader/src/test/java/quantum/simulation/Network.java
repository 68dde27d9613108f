package quantum.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quantum.simulation.Weather.Fault;
import quantum.simulator.Connection;
import quantum.simulator.FrameSink;

/**
 * The wires between one process and the exchange: late, losing, refusing, stalling. It ends with the process. What the
 * exchange speaks is known to the class of its venue alone.
 *
 * @param <I> what comes in for the session
 * @param <R> what the session wants done
 */
abstract class Network<I, R> {

    private static final long CONNECT_MILLIS = 5000;

    private final World world;
    private final Weather weather;
    private final Watch watch;
    private final Consumer<I> inbox;
    private final Map<Long, Line> lines = new HashMap<>();
    private boolean dead;
    private long downUntil;
    private long cutUntil;

    /** Whoever looks on. */
    interface Watch {
        void leaves(String text);

        void answered(String path, int status, String body);

        void marked();

        /** A frame of a stream reached the process. */
        void heard(String frame);
    }

    /** A WebSocket to be opened, and what the session is told of it. */
    record Opening<I>(
            long connection, String url, Supplier<I> opened, Function<String, I> frame, Function<String, I> closed) {}

    /** A request that is to be answered once; without an answer it ends by its time. */
    record Sending<I>(long timeoutMillis, Function<String, I> lost, Supplier<I> refused) {}

    /** What becomes of a socket at the exchange. */
    record Handshake(@Nullable Connection connection, int status) {}

    Network(World world, Weather weather, Watch watch, Consumer<I> inbox) {
        this.world = world;
        this.weather = weather;
        this.watch = watch;
        this.inbox = inbox;
    }

    abstract void perform(R request);

    abstract Handshake connect(String url, FrameSink sink);

    /** Whether a frame tells a price by which is decided. */
    abstract boolean tellsMark(String frame);

    /** What leaves as a frame, and comes as one: where a mutant changes it. */
    String leaving(String text) {
        return text;
    }

    String coming(String text) {
        return text;
    }

    /** The process ended: its sockets with it; what is on the way to the exchange still arrives. */
    void die() {
        dead = true;
        lines.values().forEach(Line::hangUp);
        lines.clear();
    }

    boolean isDead() {
        return dead;
    }

    void tell(I input) {
        if (!dead) {
            world.note("< " + input);
            inbox.accept(input);
        }
    }

    long pause() {
        return weather.strikes(Fault.SLOW) ? weather.between(500, 9000) : world.between(1, 40);
    }

    private boolean isDown() {
        if (weather.strikes(Fault.DOWN)) {
            downUntil = world.now() + TimeUnit.MILLISECONDS.toNanos(weather.between(500, 15_000));
        }
        return isCutOff();
    }

    /** True while nothing gets through. */
    boolean isCutOff() {
        return world.now() < cutUntil || (!weather.isFair() && world.now() < downUntil);
    }

    /** Nothing gets through for a while, and every line ends. */
    void cutOff(long millis) {
        cutUntil = world.now() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (Line line : new ArrayList<>(lines.values())) {
            line.end("reset");
        }
    }

    /** Said before anything may become of it. */
    void leaves(String words) {
        world.note("> " + words);
        watch.leaves(words);
    }

    /** The first answer counts. */
    Consumer<I> once(Consumer<I> answer) {
        boolean[] answered = {false};
        return input -> {
            if (!answered[0]) {
                answered[0] = true;
                answer.accept(input);
            }
        };
    }

    /** Brings a request to the exchange, perhaps; {@code arrive} happens there. */
    void carry(Sending<I> sending, Consumer<I> once, Runnable arrive) {
        world.in(sending.timeoutMillis(), () -> once.accept(sending.lost().apply("timeout")));
        if (weather.strikes(Fault.REFUSED_CONNECTION)) {
            world.in(world.between(1, 200), () -> once.accept(sending.refused().get()));
            return;
        }
        if (isDown() || weather.strikes(Fault.LOST_BEFORE)) {
            if (world.below(2) == 0) {
                world.in(pause(), () -> once.accept(sending.lost().apply("reset")));
            }
            return;
        }
        world.in(pause(), arrive);
    }

    void open(Opening<I> open) {
        Line line = new Line(open);
        lines.put(open.connection(), line);
        // As the shipped socket does: a handshake that takes longer is given up.
        world.in(CONNECT_MILLIS, () -> {
            if (!line.opened) {
                line.end("not open in time");
            }
        });
        if (isDown()) {
            world.in(world.between(10, 3000), () -> line.end("unreachable"));
            return;
        }
        world.in(pause(), () -> {
            if (!line.over && !dead) {
                line.connect();
            }
        });
    }

    void hangUp(long connection) {
        Line line = lines.remove(connection);
        if (line != null) {
            line.hangUp();
        }
    }

    void sendFrame(long to, String words) {
        Line line = lines.get(to);
        if (line == null) {
            return;
        }
        leaves(words);
        String text = leaving(words);
        if (weather.strikes(Fault.LOST_BEFORE)) {
            world.in(pause(), () -> line.end("broken"));
            return;
        }
        line.upAt = Math.max(line.upAt, world.now() + TimeUnit.MILLISECONDS.toNanos(pause()));
        world.at(line.upAt, () -> {
            Connection connection = line.connection;
            if (connection != null) {
                connection.receive(text);
            }
        });
    }

    /** Cuts or silences each open line, perhaps. */
    void disturb() {
        for (Line line : new ArrayList<>(lines.values())) {
            if (weather.strikes(Fault.STREAM_CUT)) {
                line.end("reset");
            } else if (weather.strikes(Fault.STREAM_STALL)) {
                line.stalled = true;
            }
        }
    }

    /** One WebSocket; its frames keep their order. */
    private final class Line implements FrameSink {

        private final Opening<I> open;
        private @Nullable Connection connection;
        private boolean over;
        private boolean stalled;
        private boolean opened;
        private long downAt;
        private long upAt;

        Line(Opening<I> open) {
            this.open = open;
        }

        void connect() {
            Handshake handshake = Network.this.connect(open.url(), this);
            connection = handshake.connection();
            if (connection == null) {
                world.in(pause(), () -> end("refused " + handshake.status()));
            } else {
                deliver(open.opened().get(), null);
            }
        }

        private void deliver(I input, @Nullable String text) {
            long pause = weather.strikes(Fault.FRAME_LATE) ? weather.between(50, 2500) : world.between(1, 20);
            downAt = Math.max(downAt, world.now() + TimeUnit.MILLISECONDS.toNanos(pause));
            world.at(downAt, () -> hear(input, text));
        }

        private void hear(I input, @Nullable String text) {
            if (!over && !stalled) {
                opened = true;
                if (text != null) {
                    if (tellsMark(text)) {
                        watch.marked();
                    }
                    watch.heard(text);
                }
                tell(input);
            }
        }

        void end(String cause) {
            if (!over) {
                hangUp();
                lines.remove(open.connection());
                tell(open.closed().apply(cause));
            }
        }

        void hangUp() {
            over = true;
            Connection known = connection;
            if (known != null) {
                known.close();
            }
        }

        @Override
        public void send(String text) {
            if (opened && weather.strikes(Fault.FRAME_LOST)) {
                return;
            }
            String heard = coming(text);
            I frame = open.frame().apply(heard);
            deliver(frame, heard);
            if (opened && weather.strikes(Fault.FRAME_TWICE)) {
                deliver(frame, heard);
            }
        }

        @Override
        public void ping(String payload) {
            Connection known = connection;
            if (known != null && !stalled) {
                known.pong(payload);
            }
        }

        @Override
        public void close() {
            world.in(world.between(1, 20), () -> end("closed by the server"));
        }
    }
}
