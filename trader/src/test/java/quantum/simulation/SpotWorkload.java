package quantum.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What producers, operators, hands and the exchange do in one seed where coins are bought and sold. */
final class SpotWorkload extends Workload {

    private static final long CALM_MILLIS = 45_000;

    private final SpotSetup setup;

    private SpotWorkload(SpotSetup setup) {
        super(setup.seed(), SpotSetup.SYMBOLS, setup.narrow());
        this.setup = setup;
    }

    static List<Step> of(SpotSetup setup) {
        SpotWorkload workload = new SpotWorkload(setup);
        workload.intents();
        workload.operator();
        workload.exchange();
        workload.flattening();
        workload.triggers();
        workload.stops();
        workload.book();
        if (setup.hands()) {
            workload.hands();
        }
        return workload.steps();
    }

    /** A SELL ends what is held as a CLOSE does. */
    @Override
    Map<String, String> intent(int number) {
        Map<String, String> fields = new HashMap<>();
        fields.put("intent_id", "c" + setup.seed() + "-" + number);
        fields.put("symbol", symbol());
        if (chance(35)) {
            fields.put("action", chance(40) ? "SELL" : "CLOSE");
            if (chance(40)) {
                fields.put("close_fraction", "0." + between(2, 8));
                fields.put("reduceOnly", "true");
            }
            return fields;
        }
        fields.put("action", "BUY");
        fields.put("position_size_usd", Integer.toString(between(20, 900)));
        if (chance(60)) {
            fields.put("stop_loss_pct", "0." + between(2, 9));
            fields.put("take_profit_pct", "0." + between(2, 9));
        } else {
            exits(number, fields);
        }
        if (exit(40, number, 1, 100) <= 5) {
            hostile(fields, number);
        }
        return fields;
    }

    /** A book that gives little at once, so that targets and market orders are executed in part; and balances that stand. */
    private void book() {
        for (String symbol : SpotSetup.SYMBOLS) {
            if (chance(25)) {
                long from = between(1_500, 30_000);
                add(from, Kind.BOOK_SHALLOW, symbol, Map.of("worth", Integer.toString(between(15, 400))));
                add(Math.min(from + between(3_000, 30_000), CALM_MILLIS), Kind.BOOK_DEEP, symbol, Map.of());
            }
        }
        if (chance(15)) {
            long from = between(1_500, 30_000);
            add(from, Kind.BALANCES_FROZEN, "", Map.of());
            add(from + between(500, 8_000), Kind.BALANCES_THAWED, "", Map.of());
        }
    }

    private void hands() {
        for (int i = between(2, 7); i > 0; i--) {
            long at = between(4_000, 40_000);
            String symbol = symbol();
            switch (between(1, 6)) {
                case 1 -> add(at, Kind.COINS_BOUGHT, symbol, Map.of());
                case 2, 3 -> add(at, Kind.COINS_SOLD, symbol, Map.of("own", "true"));
                case 4 -> add(at, Kind.COINS_SOLD, symbol, Map.of());
                case 5 -> {
                    add(at, Kind.COINS_LOCKED, symbol, Map.of());
                    add(Math.min(at + between(1_000, 20_000), CALM_MILLIS), Kind.COINS_UNLOCKED, symbol, Map.of());
                }
                default -> add(at, Kind.HAND_CANCEL, symbol, Map.of());
            }
        }
    }
}
