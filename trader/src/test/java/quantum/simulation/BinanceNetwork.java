package quantum.simulation;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

/** The wires to Binance. */
final class BinanceNetwork extends Network<BinanceInput, BinanceRequest> {

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

    private final World world;
    private final Weather weather;
    private final BinanceFace face;
    private final Readings readings;
    private final Mutant mutant;
    private final Watch watch;

    /** Whoever looks on. */
    interface Watch extends Network.Watch {
        /** The process has its answer, or none. */
        void heard(Http http, BinanceInput input);
    }

    BinanceNetwork(
            World world,
            Weather weather,
            BinanceFace face,
            Readings readings,
            Mutant mutant,
            Watch watch,
            Consumer<BinanceInput> inbox) {
        super(world, weather, watch, inbox);
        this.readings = readings;
        this.world = world;
        this.weather = weather;
        this.face = face;
        this.mutant = mutant;
        this.watch = watch;
    }

    @Override
    void perform(BinanceRequest request) {
        switch (request) {
            case Http http -> send(http);
            case OpenStream open -> open(opening(open));
            case SendFrame frame -> sendFrame(frame.connection(), frame.text());
            case BinanceRequest.CloseStream close -> hangUp(close.connection());
            case BinanceRequest.Wake wake -> world.at(wake.atNanos(), () -> tell(new BinanceInput.Woken(wake.timer())));
        }
    }

    private static Opening<BinanceInput> opening(OpenStream open) {
        return new Opening<>(
                open.connection(),
                open.url(),
                () -> new BinanceInput.StreamOpened(open.stream(), open.connection()),
                text -> new BinanceInput.FrameReceived(open.stream(), open.connection(), text),
                cause -> new BinanceInput.StreamClosed(open.stream(), open.connection(), cause));
    }

    @Override
    Handshake connect(String url, FrameSink sink) {
        URI uri = URI.create(mutant.leaves(url));
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        var handshake = face.connect(uri.getPath(), query, Request.LOOPBACK, sink);
        return new Handshake(handshake.connection(), handshake.status());
    }

    @Override
    boolean tellsMark(String frame) {
        return frame.contains("markPriceUpdate");
    }

    @Override
    String leaving(String text) {
        return mutant.leaves(text);
    }

    @Override
    String coming(String text) {
        return mutant.frame(text);
    }

    private void send(Http http) {
        leaves(http.method() + " " + http.path() + "?" + http.query());
        Consumer<BinanceInput> once = once(input -> answer(http, input));
        BinanceInput invented = mutant.instead(http);
        if (invented != null) {
            world.in(5, () -> once.accept(invented));
            return;
        }
        Sending<BinanceInput> sending = new Sending<>(
                http.timeout().toMillis(),
                cause -> new BinanceInput.Failed(http.id(), false, cause),
                () -> new BinanceInput.Failed(http.id(), true, "refused"));
        carry(sending, once, () -> arrive(http, once));
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
                        BinanceNetwork.this.tell(heard);
                    }

                    @Override
                    public void arrive(Http again) {
                        if (!isDead()) {
                            BinanceNetwork.this.arrive(again, BinanceNetwork.this::tell);
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
}
