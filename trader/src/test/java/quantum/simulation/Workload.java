package quantum.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What producers, operators, hands and the exchange do in one seed, as a list of steps with their times. */
class Workload {

    /** Kinds of steps; another feature joins by adding its own. */
    enum Kind {
        INTENT,
        REPEAT,
        PAUSE,
        RESUME,
        FLATTEN,
        FLATTEN_SYMBOL,
        CLEAR_BREAKER,
        PARTIAL_THEN_EXPIRE,
        HAND_CLOSE,
        HAND_REDUCE,
        HAND_CANCEL,
        LIQUIDATION,
        DELEVERAGING,
        FUNDING,
        REJECTED_AT_TRIGGER,
        UNFILLED_AT_TRIGGER,
        TRIGGERS_SLOWLY,
        TRIGGERS_AGAIN,
        ALGO_SERVICE_DOWN,
        STOPS_REFUSED,
        STOPS_LATE,
        OTHER_STOP,
        OTHER_TARGET,
        OTHER_TAKE,
        OTHER_ENTRY,
        UNANNOUNCED,
        OTHERS_TAKEN_OFF,
        COINS_BOUGHT,
        COINS_SOLD,
        COINS_LOCKED,
        COINS_UNLOCKED,
        BOOK_SHALLOW,
        BOOK_DEEP,
        BALANCES_FROZEN,
        BALANCES_THAWED;

        /** What happens where coins are bought and sold alone. */
        static final Set<Kind> OF_COINS = EnumSet.range(COINS_BOUGHT, BALANCES_THAWED);
    }

    /** One thing to be done at a virtual time in milliseconds; the fields are those of an intent. */
    record Step(int number, long atMillis, Kind kind, String symbol, Map<String, String> fields) {}

    private static final List<Kind> HANDS = List.of(
            Kind.HAND_CLOSE, Kind.HAND_REDUCE, Kind.HAND_CANCEL, Kind.LIQUIDATION, Kind.DELEVERAGING, Kind.FUNDING);

    /** How the id of an intent ends that must not open anything. */
    static final String HOSTILE = "-meant-as-exit";

    private static final List<String> EXIT_WORDS = List.of(
            "REDUCE_ONLY=true",
            "reduceonly=true",
            "ReduceOnly=true",
            "reduce-only=true",
            "isReduceOnly=true",
            "is_close=true",
            "close=true",
            "exit=true",
            "closeOnTrigger=true",
            "position_action=CLOSE",
            "offset=CLOSE",
            "type=close",
            "order_type=reduce_only",
            "market_position=flat",
            "signal=exit",
            "event=exit_fill",
            "reason=tp",
            "reason=stop");

    private final long seed;
    private final List<String> symbols;
    private final boolean narrow;
    private final RandomGenerator random;
    private final List<Step> steps = new ArrayList<>();

    Workload(long seed, List<String> symbols, boolean narrow) {
        this.seed = seed;
        this.symbols = symbols;
        this.narrow = narrow;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    List<Step> steps() {
        return steps;
    }

    static List<Step> of(Setup setup) {
        Workload workload = new Workload(setup.seed(), Setup.SYMBOLS, setup.narrow());
        workload.intents();
        workload.operator();
        workload.exchange();
        if (setup.hands()) {
            workload.hands();
        }
        workload.flattening();
        workload.triggers();
        workload.stops();
        if (setup.hands()) {
            workload.others();
        }
        return workload.steps;
    }

    void add(long atMillis, Kind kind, String symbol, Map<String, String> fields) {
        steps.add(new Step(steps.size(), atMillis, kind, symbol, fields));
    }

    void intents() {
        int count = between(15, 45);
        for (int i = 0; i < count; i++) {
            Map<String, String> intent = intent(i);
            add(between(1500, 37_000), Kind.INTENT, "", intent);
            if (chance(10)) {
                add(between(3000, 60_000), Kind.REPEAT, "", intent);
            }
        }
    }

    void operator() {
        if (chance(30)) {
            int from = between(4000, 20_000);
            add(from, Kind.PAUSE, "", Map.of());
            add(from + between(1000, 17_000), Kind.RESUME, "", Map.of());
        }
    }

    /** Drawn last, so that what is drawn before does not move. */
    void flattening() {
        if (chance(12)) {
            int from = between(6000, 50_000);
            add(from, Kind.FLATTEN, "", Map.of());
            if (chance(60)) {
                add(from + between(500, 15_000), Kind.RESUME, "", Map.of());
            }
        }
        for (int i = chance(30) ? between(1, 2) : 0; i > 0; i--) {
            int from = between(4000, 50_000);
            add(from, Kind.FLATTEN_SYMBOL, symbol(), Map.of());
            if (chance(50)) {
                add(from + between(500, 15_000), Kind.RESUME, "", Map.of());
            }
        }
        for (int i = narrow ? between(0, 3) : 0; i > 0; i--) {
            add(between(8000, 40_000), Kind.CLEAR_BREAKER, symbol(), Map.of());
        }
    }

    void exchange() {
        for (int i = chance(40) ? between(1, 3) : 0; i > 0; i--) {
            add(between(1500, 36_000), Kind.PARTIAL_THEN_EXPIRE, "", Map.of());
        }
    }

    private void hands() {
        for (int i = between(2, 6); i > 0; i--) {
            add(between(5000, 45_000), HANDS.get(below(HANDS.size())), symbol(), Map.of());
        }
    }

    /** What becomes of conditional orders at the exchange. Other draws are not moved by these. */
    void triggers() {
        for (int i = 0; i < 3; i++) {
            long at = exit(11, i, 1_500, 30_000);
            switch ((int) exit(10, i, 1, 10)) {
                case 1, 2 -> add(at, Kind.REJECTED_AT_TRIGGER, "", Map.of());
                case 3, 4 -> add(at, Kind.UNFILLED_AT_TRIGGER, "", Map.of());
                case 5 -> add(at, Kind.ALGO_SERVICE_DOWN, "", Map.of());
                case 6 -> {
                    add(at, Kind.TRIGGERS_SLOWLY, "", Map.of());
                    add(at + exit(12, i, 2_000, 9_000), Kind.TRIGGERS_AGAIN, "", Map.of());
                }
                default -> {}
            }
        }
    }

    /** When conditional orders are refused or late, perhaps while prices move and levels follow. */
    void stops() {
        if (exit(20, 0, 1, 100) <= 40) {
            Map<String, String> how = Map.of(
                    "millis", Long.toString(exit(21, 0, 500, 12_000)),
                    "reason", Long.toString(exit(22, 0, 0, Hands.REASONS.size() - 1)));
            add(exit(23, 0, 2_000, 34_000), Kind.STOPS_REFUSED, "", how);
        }
        if (exit(24, 0, 1, 100) <= 30) {
            add(
                    exit(25, 0, 2_000, 34_000),
                    Kind.STOPS_LATE,
                    "",
                    Map.of("millis", Long.toString(exit(26, 0, 50, 5_000))));
        }
    }

    /** Orders of another hand; its stops and targets may rest to the end. */
    private void others() {
        for (int i = 0; i < 3; i++) {
            long at = exit(31, i, 3_000, 36_000);
            String symbol = symbols.get((int) exit(32, i, 0, symbols.size() - 1));
            switch ((int) exit(30, i, 1, 9)) {
                case 1, 2 -> add(at, Kind.OTHER_STOP, symbol, Map.of());
                case 3 -> add(at, Kind.OTHER_TARGET, symbol, Map.of());
                case 4, 5 -> add(at, Kind.OTHER_TAKE, symbol, Map.of());
                case 6 -> add(at, Kind.OTHER_ENTRY, symbol, Map.of());
                case 7 -> add(at, Kind.UNANNOUNCED, OtherOrders.LISTED, Map.of());
                default -> {}
            }
        }
        if (exit(33, 0, 1, 2) == 1) {
            add(exit(34, 0, 10_000, 40_000), Kind.OTHERS_TAKEN_OFF, "", Map.of("stops", "true"));
        }
        add(45_000, Kind.OTHERS_TAKEN_OFF, "", Map.of());
    }

    Map<String, String> intent(int number) {
        Map<String, String> fields = new HashMap<>();
        fields.put("intent_id", "s" + seed + "-" + number);
        fields.put("symbol", symbol());
        if (chance(30)) {
            fields.put("action", "CLOSE");
            fields.put("reduceOnly", "true");
            fields.put("position_side", List.of("BOTH", "LONG", "SHORT").get(below(3)));
            if (chance(40)) {
                fields.put("close_fraction", "0.4");
            }
        } else {
            fields.put("action", chance(50) ? "BUY" : "SELL");
            fields.put("position_size_usd", Integer.toString(between(110, 900)));
            if (chance(60)) {
                fields.put("stop_loss_pct", "0." + between(2, 9));
                fields.put("take_profit_pct", "0." + between(2, 9));
            } else {
                exits(number, fields);
            }
            if (narrow) {
                narrow(fields);
            }
            if (exit(40, number, 1, 100) <= 5) {
                hostile(fields, number);
            }
        }
        return fields;
    }

    /** What the watch carries out; the standard target is far enough for each. Other draws are not moved by these. */
    void exits(int number, Map<String, String> fields) {
        if (exit(0, number, 1, 100) <= 40) {
            fields.put("trailing_pct", "0." + exit(1, number, 1, 9));
        }
        if (exit(2, number, 1, 100) <= 40) {
            fields.put("break_even_pct", "0." + exit(3, number, 2, 9));
        }
        if (exit(4, number, 1, 100) <= 30) {
            fields.put("max_time_sec", Long.toString(exit(5, number, 2, 60)));
        }
        if (exit(6, number, 1, 100) <= 50) {
            String last = exit(8, number, 1, 2) == 1 ? "0.25" : "0.43";
            fields.put("ladder", "0." + exit(7, number, 1, 3) + ":0.37, 0.5:0.2, 0.7:" + last);
        }
    }

    /** An open that says somewhere, in some spelling, that it is an exit. */
    void hostile(Map<String, String> fields, int number) {
        String[] word =
                EXIT_WORDS.get((int) exit(41, number, 0, EXIT_WORDS.size() - 1)).split("=", 2);
        fields.put(word[0], word[1]);
        fields.put("intent_id", fields.get("intent_id") + HOSTILE);
    }

    long exit(int what, int number, int least, int most) {
        return least + Long.remainderUnsigned(Course.draw(seed, 2_000 + what, number), most - least + 1L);
    }

    /** Wishes that a guard must refuse, among those that may pass. */
    void narrow(Map<String, String> fields) {
        fields.put("leverage", Integer.toString(List.of(1, 2, 5, 10, 12).get(below(5))));
        if (chance(25)) {
            fields.put("stop_loss_pct", Integer.toString(between(3, 14)));
            fields.put("take_profit_pct", Integer.toString(between(3, 14)));
        }
    }

    String symbol() {
        return symbols.get(below(symbols.size()));
    }

    boolean chance(int percent) {
        return below(100) < percent;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }
}
