package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceRequest.OpenStream;
import quantum.binance.BinanceRequest.SendFrame;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.binance.StormExchange.Answer;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.decision.Timer;
import quantum.desk.Desk;
import quantum.intent.reading.IntentReader;
import quantum.position.PositionMode;
import quantum.record.Snapshot;
import quantum.rules.Rules;
import quantum.venue.Call;
import quantum.venue.VenueEvent;

/** Desk and session in bad weather: every request meets what a seed makes of it, and the laws are watched meanwhile. */
final class Storm {

    private static final Duration TICK = Duration.ofMillis(10);
    private static final List<StreamName> STREAMS = List.of(StreamName.values());
    private static final long SLACK_MILLIS = 25;
    private static final int LONGEST_RETRY_MILLIS = 800;

    /** What is known of an order that left. */
    private enum Fate {
        UNKNOWN,
        EXECUTED,
        /** Broken off inside: proven undone once the exchange denies knowing it. */
        DOUBTED,
        UNDONE
    }

    private record Due(long atNanos, long order, Timer timer) {}

    private final Random random;
    private final boolean hedged;
    private final Script script;
    private final StormExchange exchange;
    private final Desk desk;
    private final List<Flight> flights = new ArrayList<>();
    private final Map<String, Fate> fates = new HashMap<>();
    private final Map<StreamName, Long> openConnections = new HashMap<>();
    private final Map<String, Integer> asked = new TreeMap<>();
    private final Map<String, Integer> answered = new TreeMap<>();
    /** Closes and protection without an answer, and until when each may rest for a reason. */
    private final Map<String, Long> exits = new TreeMap<>();

    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::order));
    private boolean isStormy;
    private long banMillis;
    private long limitMillis;
    private long count;
    private int seenEvents;
    private int seenFrames;
    private long marksMillis;

    Storm(long seed) {
        random = new Random(seed);
        hedged = random.nextBoolean();
        boolean bySocket = random.nextBoolean();
        PositionMode mode = hedged ? PositionMode.HEDGE : PositionMode.ONE_WAY;
        script = new Script(BinanceSettings.simulator("http://127.0.0.1:9100")
                .withPositions(mode)
                .withOrderEntry(bySocket ? OrderEntry.WEBSOCKET : OrderEntry.REST));
        script.usual.put(
                "/fapi/v1/accountConfig",
                "{\"canTrade\":true,\"dualSidePosition\":" + hedged + ",\"multiAssetsMargin\":false}");
        script.usual.put(
                "/fapi/v1/symbolConfig",
                "[{\"symbol\":\"BTCUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":3},"
                        + "{\"symbol\":\"ETHUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":3}]");
        exchange = new StormExchange(hedged);
        desk = new Desk(Rules.DEFAULT.withLimits(StormTest.EAGER).withPositions(mode));
        on(new Event.Restored(Snapshot.EMPTY));
        script.begin();
        calm(Duration.ofSeconds(1));
    }

    /** Bad weather for some turns. */
    void rage(int turns) {
        isStormy = true;
        for (int turn = 0; turn < turns; turn++) {
            switch (random.nextInt(20)) {
                case 0 -> open();
                case 1 -> close();
                case 2 -> operate();
                case 3 -> exchange.fire(script.serverMillis());
                case 4 -> drop();
                case 5, 6 -> openStreams();
                case 7, 8 -> tell();
                case 9 -> pass(Duration.ofMillis(random.nextInt(3000)));
                case 10, 11, 12 -> pass(Duration.ofMillis(random.nextInt(120)));
                default -> answerOne();
            }
            look();
        }
        isStormy = false;
    }

    /** Good weather: everything is answered as it should be. */
    void calm(Duration duration) {
        long until = script.now().nanos() + duration.toNanos();
        while (script.now().nanos() < until) {
            pass(TICK.multipliedBy(5));
            openStreams();
            look();
            while (!flights.isEmpty()) {
                answer(flights.getFirst(), 0);
                look();
            }
            while (!exchange.told.isEmpty()) {
                tell();
            }
        }
    }

    int executed() {
        return exchange.executed();
    }

    void assertQuiet() {
        assertThat(answered).as("each call has one answer").isEqualTo(asked);
        assertThat(exchange.naked()).as("without a stop").isEmpty();
        assertThat(exchange.orphans()).as("resting for nothing").isEmpty();
    }

    private void open() {
        String symbol = random.nextBoolean() ? "BTCUSDT" : "ETHUSDT";
        String side = random.nextBoolean() ? "BUY" : "SELL";
        intent(Map.of("symbol", symbol, "action", side, "position_size_usd", "300", "leverage", "3"));
    }

    private void operate() {
        on(new Event.Commanded(random.nextInt(3) == 0 ? new Event.Command.Flatten(null) : new Event.Command.Resume()));
    }

    private void close() {
        Map<String, String> fields =
                new HashMap<>(Map.of("symbol", random.nextBoolean() ? "BTCUSDT" : "ETHUSDT", "action", "CLOSE"));
        if (hedged) {
            fields.put("position_side", random.nextBoolean() ? "LONG" : "SHORT");
        }
        intent(fields);
    }

    private void intent(Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("intent_id", "i" + ++count);
        all.put("timestamp", script.now().exchange().toString());
        on(new Event.IntentArrived(count + "-0", all, IntentReader.read(all, null), null, 1));
    }

    private void drop() {
        StreamName stream = STREAMS.get(random.nextInt(STREAMS.size()));
        Long connection = openConnections.remove(stream);
        if (connection != null) {
            flights.removeIf(flight -> flight.connection() == connection);
            script.input(new BinanceInput.StreamClosed(stream, connection, "reset"));
        }
        if (stream == StreamName.PRIVATE) {
            exchange.told.clear();
        }
        hear();
    }

    private void openStreams() {
        for (OpenStream open : List.copyOf(script.streams.values())) {
            if (!Long.valueOf(open.connection()).equals(openConnections.put(open.stream(), open.connection()))) {
                script.input(new BinanceInput.StreamOpened(open.stream(), open.connection()));
                hear();
            }
        }
    }

    /** The user stream tells the next thing, now and then twice. */
    private void tell() {
        String next = exchange.told.poll();
        Long connection = openConnections.get(StreamName.PRIVATE);
        for (int times = isStormy && random.nextInt(10) == 0 ? 2 : 1; next != null && times > 0; times--) {
            if (connection != null) {
                script.input(new BinanceInput.FrameReceived(StreamName.PRIVATE, connection, next));
                hear();
            }
        }
    }

    private void pass(Duration duration) {
        for (Duration left = duration; left.isPositive(); left = left.minus(TICK)) {
            script.pass(TICK);
            hear();
            while (!timers.isEmpty() && timers.peek().atNanos() <= script.now().nanos()) {
                on(new Event.Woken(timers.remove().timer()));
            }
            marksMillis += TICK.toMillis();
            if (marksMillis >= 1000) {
                marksMillis = 0;
                marks();
            }
            for (Flight flight : List.copyOf(flights)) {
                if (flight.untilNanos() - script.now().nanos() <= 0 && flights.remove(flight)) {
                    lose(flight, "timed out");
                }
            }
            look();
        }
    }

    private void marks() {
        Long connection = openConnections.get(StreamName.MARKET);
        if (connection != null) {
            StringBuilder frame = new StringBuilder("[");
            StormExchange.MARKS.forEach((symbol, price) -> frame.append(frame.length() == 1 ? "" : ",")
                    .append("{\"E\":%d,\"s\":\"%s\",\"p\":\"%s\"}".formatted(script.serverMillis(), symbol, price)));
            script.input(new BinanceInput.FrameReceived(StreamName.MARKET, connection, frame + "]"));
            hear();
        }
    }

    /** What left by HTTP is over; on the socket the session has to find out itself. */
    private void lose(Flight flight, String cause) {
        if (flight.connection() == 0) {
            script.input(new BinanceInput.Failed(flight.id(), false, cause));
        } else {
            rest(flight, (flight.untilNanos() - script.now().nanos()) / 1_000_000);
        }
        hear();
    }

    private void answerOne() {
        if (!flights.isEmpty()) {
            answer(flights.get(random.nextInt(flights.size())), random.nextInt(100));
        }
    }

    /** One answer; what becomes of it is decided by a number below a hundred, and below 50 it is as it should be. */
    private void answer(Flight flight, int weather) {
        flights.remove(flight);
        if (weather < 50) {
            Answer proper = proper(flight);
            fate(flight, proper.status() == 200 ? Fate.EXECUTED : Fate.UNDONE);
            if (proper.body().contains("-2013") && fates.get(flight.client()) == Fate.DOUBTED) {
                fates.put(flight.client(), Fate.UNDONE);
            }
            reply(flight, proper.status(), proper.body(), null);
        } else if (weather < 56) {
            proper(flight);
            fate(flight, Fate.UNKNOWN);
            lose(flight, "lost after it was taken");
        } else if (weather < 60) {
            fate(flight, Fate.UNKNOWN);
            lose(flight, "lost on the way");
        } else if (weather < 64) {
            if (random.nextBoolean()) {
                proper(flight);
            }
            fate(flight, Fate.UNKNOWN);
            reply(flight, 503, "{\"code\":-1000,\"msg\":\"Unknown error, please check your request.\"}", null);
        } else if (weather < 67) {
            proper(flight);
            fate(flight, Fate.UNKNOWN);
            reply(flight, 200, "{\"what\":1}", null);
        } else if (weather < 70 && flight.connection() == 0) {
            fate(flight, Fate.UNDONE);
            script.input(new BinanceInput.Failed(flight.id(), true, "nobody there"));
            rest(flight, LONGEST_RETRY_MILLIS);
            hear();
        } else {
            refuse(flight, weather);
        }
    }

    /** Refused, and proven undone. */
    private void refuse(Flight flight, int weather) {
        fate(flight, Fate.UNDONE);
        if (weather < 74) {
            rest(flight, LONGEST_RETRY_MILLIS);
            reply(flight, 503, "{\"code\":-1008,\"msg\":\"Request throttled by system-level protection.\"}", null);
        } else if (weather < 78) {
            rest(flight, LONGEST_RETRY_MILLIS);
            reply(flight, 503, "{\"code\":-1000,\"msg\":\"Service Unavailable.\"}", null);
        } else if (weather < 82) {
            fate(flight, Fate.DOUBTED);
            rest(flight, flight.isOrder() ? 0 : LONGEST_RETRY_MILLIS);
            reply(flight, 503, "{\"code\":-1001,\"msg\":\"Internal error; unable to process your request.\"}", null);
        } else if (weather < 87) {
            reply(flight, 400, "{\"code\":-1021,\"msg\":\"outside of the recvWindow\"}", null);
        } else if (weather < 90) {
            long wait = flight.connection() == 0 ? 2000 : 60_000 - script.serverMillis() % 60_000;
            limitMillis = Math.max(limitMillis, script.serverMillis() + wait);
            rest(flight, limitMillis - script.serverMillis());
            reply(flight, 429, "{\"code\":-1003,\"msg\":\"Too many requests.\"}", Duration.ofSeconds(2));
        } else if (weather < 91) {
            rest(flight, 5000);
            reply(flight, 403, "<html>Request blocked.</html>", null);
        } else if (weather < 92) {
            banMillis = script.serverMillis() + 5000;
            reply(flight, 418, "{\"code\":-1003,\"msg\":\"IP banned until " + banMillis + ".\"}", null);
        } else {
            int[] codes = {-2019, -4131, -4118, -1121, -4164, -2021, -5025, -9999};
            Answer refusal = StormExchange.refusal(codes[random.nextInt(codes.length)]);
            reply(flight, refusal.status(), refusal.body(), null);
        }
    }

    private void fate(Flight flight, Fate fate) {
        if (flight.isOrder()) {
            fates.put(flight.client(), fate);
        }
    }

    private void rest(Flight flight, long millis) {
        if (isOfExit(flight, flight.client())) {
            exits.computeIfPresent(flight.client(), (_, until) -> Math.max(until, script.serverMillis() + millis));
        }
    }

    /** The request itself, or a question while it is broken off inside: one may come before the one it waits for. */
    private boolean isOfExit(Flight flight, String client) {
        Fate fate = fates.get(client);
        return flight.client().equals(client)
                && (flight.method().equals("POST") || fate == Fate.DOUBTED || fate == Fate.UNDONE);
    }

    private void reply(Flight flight, int status, String body, @Nullable Duration retryAfter) {
        if (flight.connection() == 0) {
            Usage usage = new Usage(null, null, null, retryAfter);
            script.input(new BinanceInput.Replied(flight.id(), status, usage, body));
        } else {
            String member = status == 200 ? "result" : "error";
            String frame = "{\"id\":" + flight.id() + ",\"status\":" + status + ",\"" + member + "\":"
                    + (body.startsWith("<") ? "{\"code\":-1003,\"msg\":\"html\"}" : body) + "}";
            // Each comes twice: what is answered is answered.
            for (int times = 0; times < 2; times++) {
                script.input(new BinanceInput.FrameReceived(StreamName.ORDERS, flight.connection(), frame));
            }
        }
        hear();
    }

    private Answer proper(Flight flight) {
        Map<String, String> params = flight.params();
        return switch (flight.method() + " " + flight.path()) {
            case "POST /fapi/v1/order" -> exchange.place(params, script.serverMillis());
            case "DELETE /fapi/v1/order" -> exchange.cancelOrder();
            case "GET /fapi/v1/order" -> exchange.order(params);
            case "POST /fapi/v1/algoOrder" -> exchange.rest(params);
            case "DELETE /fapi/v1/algoOrder" -> exchange.cancel(params);
            case "GET /fapi/v1/algoOrder" -> exchange.restOf(params);
            case "GET /fapi/v1/openAlgoOrders" -> exchange.rests();
            case "GET /fapi/v3/positionRisk" -> exchange.positions();
            case "GET /fapi/v1/userTrades" -> exchange.trades(params);
            case "GET /fapi/v1/time" -> new Answer(200, "{\"serverTime\":" + script.serverMillis() + "}");
            default -> new Answer(200, script.usual.getOrDefault(flight.path(), "[]"));
        };
    }

    private void on(Event event) {
        for (Effect effect : desk.on(event, script.now())) {
            switch (effect) {
                case Effect.Wake(Timer timer, long at) -> timers.add(new Due(at, ++count, timer));
                case Effect.Ask(Call call) -> call(call);
                default -> {}
            }
        }
        hear();
    }

    private void call(Call call) {
        String name = name(call);
        if (!name.isEmpty()) {
            asked.merge(name, 1, Integer::sum);
        }
        String exit = switch (call) {
            case Call.Close close -> close.id().value();
            case Call.PlaceConditional rest -> rest.id().value();
            default -> null;
        };
        if (exit != null) {
            exits.put(exit, 0L);
        }
        script.call(call);
        depart();
        switch (call) {
            case Call.Open open -> on(new Event.Sent(open.id()));
            case Call.Close close -> on(new Event.Sent(close.id()));
            default -> {}
        }
    }

    private static String name(Call call) {
        return switch (call) {
            case Call.Open open -> "order " + open.id();
            case Call.CancelOpen cancel -> "cancel open " + cancel.id();
            case Call.Close close -> "order " + close.id();
            case Call.PlaceConditional rest -> "rest " + rest.id();
            case Call.PlacePair pair -> "pair " + pair.stopId();
            case Call.CancelConditional cancel -> "cancel " + cancel.id();
            case Call.QueryOrder ask -> "ask order " + ask.id();
            case Call.QueryConditional ask -> "ask rest " + ask.id();
            case Call.ReadTrades trades -> "trades " + trades.symbol();
            case Call.ReadIncome income -> "income " + income;
            // The session reads these by itself too; their answers cannot be told apart.
            case Call.ReadPositions _,
                    Call.ReadAccount _,
                    Call.ReadConditionals _,
                    Call.ReadOrders _,
                    Call.ReadRules _ -> "";
        };
    }

    /** Notes what left, and lets the desk hear what the session tells. */
    private void hear() {
        depart();
        while (seenEvents < script.events.size()) {
            VenueEvent said = script.events.get(seenEvents++);
            heard(said);
            on(new Event.FromVenue(said));
        }
    }

    private void heard(VenueEvent said) {
        String name = switch (said) {
            case VenueEvent.OrderAnswered(var id, var _) -> "order " + id;
            case VenueEvent.OpenCancelled(var id, var _) -> "cancel open " + id;
            case VenueEvent.ConditionalAnswered(var id, var _) -> "rest " + id;
            case VenueEvent.ConditionalCancelled(var id, var _) -> "cancel " + id;
            case VenueEvent.OrderQueried(var id, var _) -> "ask order " + id;
            case VenueEvent.ConditionalQueried(var id, var _) -> "ask rest " + id;
            case VenueEvent.TradesRead(var symbol, var _, long _) -> "trades " + symbol;
            case VenueEvent.ReadFailed(Call.ReadTrades trades, var _, var _) -> "trades " + trades.symbol();
            case VenueEvent.IncomeRead(var income, var _, long _) -> "income " + income;
            case VenueEvent.ReadFailed(Call.ReadIncome income, var _, var _) -> "income " + income;
            default -> "";
        };
        if (!name.isEmpty()) {
            assertThat(answered.merge(name, 1, Integer::sum))
                    .as("answers to %s", name)
                    .isLessThanOrEqualTo(asked.getOrDefault(name, 0));
            exits.remove(name.substring(name.indexOf(' ') + 1));
        }
    }

    private void depart() {
        script.waiting.forEach(http -> depart(Flight.of(http, script.now().nanos())));
        script.waiting.clear();
        while (seenFrames < script.frames.size()) {
            SendFrame frame = script.frames.get(seenFrames++);
            if (frame.stream() == StreamName.PRIVATE) {
                exchange.told.addFirst("{\"result\":null,\"id\":" + frame.id() + "}");
            } else {
                depart(Flight.of(frame, script.now().nanos()));
            }
        }
    }

    private void depart(Flight flight) {
        if (flight.isOrder()) {
            assertThat(fates.getOrDefault(flight.client(), Fate.UNDONE))
                    .as("what is known of %s as it leaves", flight.client())
                    .isEqualTo(Fate.UNDONE);
            fates.put(flight.client(), Fate.UNKNOWN);
        }
        flights.add(flight);
    }

    /** Law 5: while there is no ban, an exit is on its way, or waits no longer than the exchange's refusal asks for. */
    private void look() {
        if (script.serverMillis() <= banMillis + SLACK_MILLIS) {
            return;
        }
        exits.forEach((client, until) -> {
            boolean isOnItsWay = flights.stream()
                    .anyMatch(f -> isOfExit(f, client) || f.path().equals("/fapi/v1/time"));
            assertThat(isOnItsWay || script.serverMillis() <= until + SLACK_MILLIS)
                    .as("%s is on its way at %d", client, script.serverMillis())
                    .isTrue();
        });
    }
}
