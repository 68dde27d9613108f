package quantum.simulation;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest;
import quantum.binance.BinanceRequest.Http;
import quantum.binance.BinanceRequest.Method;
import quantum.binance.BinanceRequest.OpenStream;
import quantum.binance.BinanceRequest.SendFrame;
import quantum.simulation.Weather.Fault;
import quantum.simulator.FrameSink;
import quantum.simulator.Request;
import quantum.simulator.Simulator;
import quantum.simulator.binance.BinanceFace;
import quantum.simulator.binance.ClientConnection;

/** The wires between one process and the exchange: late, losing, refusing, stalling. It ends with the process. */
final class Network {

    private static final String[] BUSY = {
        "503 Service Unavailable.",
        "503 {\"code\":-1001,\"msg\":\"Internal error; unable to process your request. Please try again.\"}",
        "503 {\"code\":-1008,\"msg\":\"Request throttled by system-level protection.\"}"
    };
    private static final String[] STRANGE = {
        "503 {\"code\":-1000,\"msg\":\"Unknown error, please check your request or try again later.\"}",
        "408 {\"code\":-1007,\"msg\":\"Timeout waiting for response from backend server.\"}",
        "502 <html><body>Bad Gateway</body></html>",
        "200 ",
        "200 {\"orderId\":"
    };

    private static final String[] LIMITED = {
        "429 {\"code\":-1003,\"msg\":\"Too many requests; current limit of IP is 2400 requests per minute.\"}"
    };
    /** The minute that another program used up is over before the weather clears. */
    private static final long LIMITED_UNTIL = Schedule.FOUL / 2;

    private static final String[] DENIED = {
        "400 {\"code\":-4067,\"msg\":\"Position side cannot be changed if there exists open orders.\"}",
        "400 {\"code\":-4047,\"msg\":\"Margin type cannot be changed if there exists open orders.\"}",
        "400 {\"code\":-4161,\"msg\":\"Leverage reduction is not supported in Isolated Margin Mode with open positions.\"}"
    };

    private static final long CONNECT_MILLIS = 5000;

    private final World world;
    private final Weather weather;
    private final BinanceFace face;
    private final Readings readings;
    private final Mutant mutant;
    private final Watch watch;
    private final Consumer<BinanceInput> inbox;
    private final Map<Long, Line> lines = new HashMap<>();
    private boolean dead;
    private long downUntil;
    private long cutUntil;

    /** Whoever looks on. */
    interface Watch {
        void leaves(String text);

        void answered(String path, int status, String body);

        void marked();

        /** The process has its answer, or none. */
        void heard(Http http, BinanceInput input);

        /** A frame of a stream reached the process. */
        void heard(String frame);
    }

    Network(
            World world,
            Weather weather,
            BinanceFace face,
            Readings readings,
            Mutant mutant,
            Watch watch,
            Consumer<BinanceInput> inbox) {
        this.readings = readings;
        this.world = world;
        this.weather = weather;
        this.face = face;
        this.mutant = mutant;
        this.watch = watch;
        this.inbox = inbox;
    }

    void perform(BinanceRequest request) {
        switch (request) {
            case Http http -> send(http);
            case OpenStream open -> open(open);
            case SendFrame frame -> sendFrame(frame);
            case BinanceRequest.CloseStream close -> {
                Line line = lines.remove(close.connection());
                if (line != null) {
                    line.hangUp();
                }
            }
            case BinanceRequest.Wake wake -> world.at(wake.atNanos(), () -> tell(new BinanceInput.Woken(wake.timer())));
        }
    }

    /** The process ended: its sockets with it; what is on the way to the exchange still arrives. */
    void die() {
        dead = true;
        lines.values().forEach(Line::hangUp);
        lines.clear();
    }

    private void tell(BinanceInput input) {
        if (!dead) {
            world.note("< " + input);
            inbox.accept(input);
        }
    }

    private long pause() {
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

    private void send(Http http) {
        String words = http.method() + " " + http.path() + "?" + http.query();
        world.note("> " + words);
        watch.leaves(words);
        boolean[] answered = {false};
        Consumer<BinanceInput> once = input -> {
            if (!answered[0]) {
                answered[0] = true;
                answer(http, input);
            }
        };
        BinanceInput invented = mutant.instead(http);
        if (invented != null) {
            world.in(5, () -> once.accept(invented));
            return;
        }
        world.in(http.timeout().toMillis(), () -> once.accept(new BinanceInput.Failed(http.id(), false, "timeout")));
        if (weather.strikes(Fault.REFUSED_CONNECTION)) {
            world.in(world.between(1, 200), () -> once.accept(new BinanceInput.Failed(http.id(), true, "refused")));
            return;
        }
        if (isDown() || weather.strikes(Fault.LOST_BEFORE)) {
            if (world.below(2) == 0) {
                world.in(pause(), () -> once.accept(new BinanceInput.Failed(http.id(), false, "reset")));
            }
            return;
        }
        world.in(pause(), () -> arrive(http, once));
    }

    /** Where a mutant changes what the session hears. */
    private void answer(Http http, BinanceInput input) {
        if (input instanceof BinanceInput.Replied && http.path().endsWith("/premiumIndex")) {
            watch.marked();
        }
        watch.heard(http, input);
        mutant.hears(
                new Mutant.Wire() {
                    @Override
                    public void tell(BinanceInput heard) {
                        Network.this.tell(heard);
                    }

                    @Override
                    public void arrive(Http again) {
                        if (!dead) {
                            Network.this.arrive(again, Network.this::tell);
                        }
                    }
                },
                http,
                input);
    }

    private void arrive(Http http, Consumer<BinanceInput> answer) {
        if (weather.strikes(Fault.BUSY_BEFORE)) {
            invent(http, BUSY, answer);
            return;
        }
        boolean early = world.now() < LIMITED_UNTIL && http.method() == Method.GET;
        if (early && weather.strikes(Fault.LIMITED)) {
            invent(http, LIMITED, answer);
            return;
        }
        readings.asked(http.path());
        var reply = face.handle(new Request(
                http.method().name(), http.path(), http.query(), "", http.keyed() ? Simulator.API_KEY : null));
        world.note(http.method() + http.path() + reply.status());
        watch.answered(http.path(), reply.status(), reply.body());
        long late = pause() + TimeUnit.NANOSECONDS.toMillis(reply.delayNanos());
        if (reply.dropped() || weather.strikes(Fault.LOST_AFTER)) {
            if (world.below(2) == 0) {
                world.in(late, () -> answer.accept(new BinanceInput.Failed(http.id(), false, "reset")));
            }
        } else if (weather.strikes(Fault.STRANGE_AFTER)) {
            invent(http, STRANGE, answer);
        } else if (SetUps.changes(http) && weather.strikes(Fault.DENIED_THOUGH_SO)) {
            invent(http, DENIED, answer);
        } else {
            world.in(
                    late,
                    () -> answer.accept(
                            new BinanceInput.Replied(http.id(), reply.status(), mutant.answer(http, reply.body()))));
        }
    }

    private void invent(Http http, String[] answers, Consumer<BinanceInput> answer) {
        String text = answers[world.below(answers.length)];
        int status = Integer.parseInt(text.substring(0, 3));
        String body = text.substring(4);
        world.in(pause(), () -> answer.accept(new BinanceInput.Replied(http.id(), status, body)));
    }

    private void open(OpenStream open) {
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

    private void sendFrame(SendFrame frame) {
        Line line = lines.get(frame.connection());
        if (line == null) {
            return;
        }
        world.note("> " + frame.text());
        watch.leaves(frame.text());
        String text = mutant.leaves(frame.text());
        if (weather.strikes(Fault.LOST_BEFORE)) {
            world.in(pause(), () -> line.end("broken"));
            return;
        }
        line.upAt = Math.max(line.upAt, world.now() + TimeUnit.MILLISECONDS.toNanos(pause()));
        world.at(line.upAt, () -> {
            ClientConnection connection = line.connection;
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

        private final OpenStream open;
        private @Nullable ClientConnection connection;
        private boolean over;
        private boolean stalled;
        private boolean opened;
        private long downAt;
        private long upAt;

        Line(OpenStream open) {
            this.open = open;
        }

        void connect() {
            URI uri = URI.create(mutant.leaves(open.url()));
            String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
            var handshake = face.connect(uri.getPath(), query, Request.LOOPBACK, this);
            connection = handshake.connection();
            if (connection == null) {
                world.in(pause(), () -> end("refused " + handshake.status()));
            } else {
                deliver(new BinanceInput.StreamOpened(open.stream(), open.connection()));
            }
        }

        private void deliver(BinanceInput input) {
            long pause = weather.strikes(Fault.FRAME_LATE) ? weather.between(50, 2500) : world.between(1, 20);
            downAt = Math.max(downAt, world.now() + TimeUnit.MILLISECONDS.toNanos(pause));
            world.at(downAt, () -> hear(input));
        }

        private void hear(BinanceInput input) {
            if (!over && !stalled) {
                opened = true;
                if (input instanceof BinanceInput.FrameReceived frame
                        && frame.text().contains("markPriceUpdate")) {
                    watch.marked();
                }
                if (input instanceof BinanceInput.FrameReceived(var _, var _, String text)) {
                    watch.heard(text);
                }
                tell(input);
            }
        }

        void end(String cause) {
            if (!over) {
                hangUp();
                lines.remove(open.connection());
                tell(new BinanceInput.StreamClosed(open.stream(), open.connection(), cause));
            }
        }

        void hangUp() {
            over = true;
            ClientConnection known = connection;
            if (known != null) {
                known.close();
            }
        }

        @Override
        public void send(String text) {
            if (opened && weather.strikes(Fault.FRAME_LOST)) {
                return;
            }
            var frame = new BinanceInput.FrameReceived(open.stream(), open.connection(), mutant.frame(text));
            deliver(frame);
            if (opened && weather.strikes(Fault.FRAME_TWICE)) {
                deliver(frame);
            }
        }

        @Override
        public void ping(String payload) {
            ClientConnection known = connection;
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
