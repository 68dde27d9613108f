package quantum.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import quantum.simulator.Fault.Answer;
import quantum.simulator.Fault.Change;
import quantum.simulator.Fault.Choice;
import quantum.simulator.Fault.Effect;
import quantum.simulator.Fault.Elements;
import quantum.simulator.Fault.Life;
import quantum.simulator.Fault.Match;
import quantum.simulator.FaultKind;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Readings that are wrong although they look right: a list lacks an element, or tells what was so a moment ago. They are so
 * for less than the time after which an absence is believed, and then right for at least as long.
 */
final class Readings {

    /** What a venue is asked with, where the list of each reading is, and which of them may tell what was so before. */
    record Lists(String verb, Map<String, String> places, Set<String> stale) {}

    static final Lists OF_FUTURES = new Lists(
            "GET",
            Map.of(
                    "/fapi/v3/positionRisk", "",
                    "/fapi/v1/openAlgoOrders", "",
                    "/fapi/v1/openOrders", "",
                    "/fapi/v3/account", "assets"),
            Set.of("/fapi/v3/positionRisk", "/fapi/v1/openAlgoOrders", "/fapi/v1/openOrders", "/fapi/v3/account"));

    static final Lists OF_COINS = new Lists(
            "POST",
            Map.of(
                    "/exchange/v1/private/user-balance", "result.data.position_balances",
                    "/exchange/v1/private/advanced/get-open-orders", "result.data",
                    "/exchange/v1/private/advanced/get-order-list-detail", "result.data",
                    "/exchange/v1/private/get-open-orders", "result.data"),
            Set.of("/exchange/v1/private/user-balance"));

    /** What may be odd in a row of one of them, and how. */
    private static final List<String> FIELDS = List.of(
            "positionAmt",
            "entryPrice",
            "symbol",
            "positionSide",
            "algoStatus",
            "triggerPrice",
            "clientAlgoId",
            "status",
            "clientOrderId",
            "asset",
            "walletBalance");

    private static final List<JsonNode> ODD = List.of(
            JsonNodeFactory.instance.nullNode(),
            JsonNodeFactory.instance.stringNode(""),
            JsonNodeFactory.instance.stringNode("SOMETHING_NEW"),
            JsonNodeFactory.instance.objectNode());

    private static final Answer NONE = new Answer(200, 0, "", null);
    private static final long LONGEST_MILLIS = 8_000;
    private static final long READ_AGAIN_MILLIS = 15_000;
    private static final long RIGHT_MILLIS = 30_000;
    private static final long STALE_MILLIS = 2_500;

    private final World world;
    private final Weather weather;
    private final Simulator exchange;
    private final Lists lists;
    private final Runnable turnsOdd;
    private final Map<String, Long> wrongAgain = new HashMap<>();
    private long oddUntil = Long.MIN_VALUE;

    Readings(World world, Weather weather, Simulator exchange, Lists lists, Runnable turnsOdd) {
        this.lists = lists;
        this.turnsOdd = turnsOdd;
        this.world = world;
        this.weather = weather;
        this.exchange = exchange;
    }

    /** A row that cannot be read may be what an intent is about: it ends as unclear, which is no verdict on exits. */
    boolean areOdd() {
        return world.now() < oddUntil;
    }

    /** A question for a list reaches the exchange. */
    void asked(String path) {
        var list = lists.places().get(path);
        if (list == null || world.now() < wrongAgain.getOrDefault(path, 0L)) {
            return;
        }
        if (weather.strikes(Weather.Fault.LIST_LACKS)) {
            long element = weather.between(-2, 3);
            Choice choice = element < 0 ? new Choice.All() : new Choice.Nth((int) element);
            Change change = new Change("", null, new Elements(list, choice));
            disturb(path, weather.between(1, LONGEST_MILLIS), new Effect(FaultKind.DROP_ELEMENT, NONE, 0, change));
        } else if (lists.stale().contains(path) && weather.strikes(Weather.Fault.LIST_IS_STALE)) {
            long stale = weather.between(50, STALE_MILLIS);
            disturb(path, weather.between(1, LONGEST_MILLIS), new Effect(FaultKind.STALE, NONE, stale, null));
        } else if (lists.equals(OF_FUTURES) && weather.strikes(Weather.Fault.LIST_IS_ODD)) {
            Elements one = new Elements(list, new Choice.Nth((int) weather.between(-1, 2)));
            String field = FIELDS.get((int) weather.between(0, FIELDS.size() - 1L));
            JsonNode value = ODD.get((int) weather.between(0, ODD.size() - 1L));
            Change change = new Change(field, value, one);
            turnsOdd.run();
            oddUntil = world.now() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS + READ_AGAIN_MILLIS);
            disturb(path, weather.between(1, LONGEST_MILLIS), new Effect(FaultKind.FIELD, NONE, 0, change));
        }
    }

    private void disturb(String path, long millis, Effect effect) {
        long until = Math.min(world.now() + TimeUnit.MILLISECONDS.toNanos(millis), Schedule.FOUL);
        wrongAgain.put(path, until + TimeUnit.MILLISECONDS.toNanos(RIGHT_MILLIS));
        exchange.faults()
                .add(new quantum.simulator.Fault(
                        new Match(lists.verb(), path, null),
                        new Life(0, Life.STANDING, World.START + world.now(), World.START + until),
                        List.of(effect)));
    }
}
