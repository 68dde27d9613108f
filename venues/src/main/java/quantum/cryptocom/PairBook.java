package quantum.cryptocom;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.cryptocom.Question.Rank;
import quantum.cryptocom.Reply.Given;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Call;

/**
 * The pairs of ours that are known, and what the exchange shows of them. An acknowledgement of the advanced orders
 * proves nothing, so that after each one the list is looked at until it shows what was asked for (crypto-com 0.4).
 */
final class PairBook {

    /** A leg was seen to be rejected 0.3 to 3 s after its acknowledgement (crypto-com 4). */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(300),
            Duration.ofMillis(400),
            Duration.ofMillis(500),
            Duration.ofMillis(800),
            Duration.ofSeconds(1));

    /** Two legs of one list. */
    static final class Pair {
        private final Leg stop;
        private final Leg target;
        private final List<Call.CancelConditional> cancels = new ArrayList<>();
        private @Nullable String listId;
        private boolean isWatched;

        Pair(Leg stop, Leg target, @Nullable String listId) {
            this.stop = stop;
            this.target = target;
            this.listId = listId;
        }

        Leg stop() {
            return stop;
        }

        Leg target() {
            return target;
        }

        List<Leg> legs() {
            return List.of(stop, target);
        }

        Leg leg(ClientOrderId id) {
            return stop.id().equals(id) ? stop : target;
        }

        /** The calls that wait for its one cancel. */
        List<Call.CancelConditional> cancels() {
            return cancels;
        }

        @Nullable
        String listId() {
            return listId;
        }

        void listed(String id) {
            listId = id;
        }

        boolean isOver() {
            return stop.isOver() && target.isOver();
        }

        boolean isSeen() {
            return stop.isSeen() && target.isSeen();
        }

        /** Untouched, or as far as it goes by itself: a target that was executed in part rests on without its stop. */
        boolean isSettled() {
            boolean isUntouched = !stop.hasFired() && !stop.isOver() && !target.hasFired() && !target.isOver();
            boolean isTargetAlone = stop.isOver() && !stop.hasFired() && target.hasFired();
            return isUntouched || isOver() || isTargetAlone;
        }
    }

    private final Conversation talk;
    private final Executions executions;
    private final Map<ClientOrderId, Pair> pairs = Executions.bounded();

    PairBook(Conversation talk, Executions executions) {
        this.talk = talk;
        this.executions = executions;
    }

    @Nullable
    Pair of(ClientOrderId id) {
        return pairs.get(id);
    }

    boolean isLeg(ClientOrderId id) {
        return pairs.containsKey(id);
    }

    void add(Pair pair) {
        pair.legs().forEach(leg -> pairs.put(leg.id(), pair));
    }

    void forget(Pair pair) {
        pair.legs().forEach(leg -> pairs.remove(leg.id()));
    }

    /** Those that are not over. */
    Set<Pair> live() {
        Set<Pair> live = new LinkedHashSet<>();
        pairs.values().stream().filter(pair -> !pair.isOver()).forEach(live::add);
        return live;
    }

    /**
     * Of an earlier life of the process: a stop and a target of ours in one list are a pair, as the exchange shows
     * them.
     */
    void adopt(List<OrderReport> rows) {
        Map<String, List<OrderReport>> lists = new HashMap<>();
        for (OrderReport row : rows) {
            String listId = row.listId();
            boolean isNew = row.clientId().isOurs() && !isLeg(row.clientId()) && row.level() != null;
            if (listId != null && isNew) {
                lists.computeIfAbsent(listId, _ -> new ArrayList<>()).add(row);
            }
        }
        lists.forEach((listId, both) -> {
            OrderReport stop =
                    both.stream().filter(OrderReport::isStop).findFirst().orElse(null);
            OrderReport target =
                    both.stream().filter(OrderReport::isTarget).findFirst().orElse(null);
            if (stop != null && target != null && !stop.clientId().equals(target.clientId())) {
                add(new Pair(new Leg(stop), new Leg(target), listId));
            }
        });
    }

    /** An order is shown; false if it is no leg of a known pair, nor what one became. */
    boolean hear(OrderReport row) {
        Pair pair = pairOf(row);
        if (pair == null) {
            return false;
        }
        if (!row.hasKnownStatus()) {
            talk.odd("order status " + row.status(), row.orderId() + " of " + row.symbol());
        }
        String listId = row.listId();
        if (listId != null && pair.listId() == null) {
            pair.listed(listId);
        }
        Leg leg = legOf(pair, row);
        leg.hear(row, executions, talk::publish);
        boolean isOpen = row.isOver() && !leg.isOver();
        if (!pair.isSettled() || isOpen) {
            watch(pair);
        }
        return true;
    }

    /** The leg that a row shows, by whatever the row names it; null if it is none of ours. */
    @Nullable
    Leg legOf(OrderReport row) {
        Pair pair = pairOf(row);
        return pair == null ? null : legOf(pair, row);
    }

    private @Nullable Pair pairOf(OrderReport row) {
        Pair known = pairs.get(row.clientId());
        if (known != null) {
            return known;
        }
        return pairs.values().stream()
                .filter(pair -> isOf(pair, row))
                .findFirst()
                .orElse(null);
    }

    private static boolean isOf(Pair pair, OrderReport row) {
        boolean isListed = row.listId() != null && row.listId().equals(pair.listId());
        return isListed || pair.legs().stream().anyMatch(leg -> isOf(leg, row.orderId()));
    }

    private static boolean isOf(Leg leg, OrderId orderId) {
        return orderId.equals(leg.orderId()) || orderId.equals(leg.child());
    }

    private static Leg legOf(Pair pair, OrderReport row) {
        for (Leg leg : pair.legs()) {
            if (leg.id().equals(row.clientId()) || isOf(leg, row.orderId())) {
                return leg;
            }
        }
        return row.isStop() ? pair.stop() : pair.target();
    }

    /**
     * A sale that nobody here ordered may be a stop that fired: its pairs are looked at, should no stream speak of
     * them.
     */
    void suspect(Symbol symbol) {
        for (Pair pair : live()) {
            if (pair.stop().symbol().equals(symbol) && !pair.isWatched) {
                pair.isWatched = true;
                look(pair, _ -> {
                    pair.isWatched = false;
                    if (!pair.isSettled()) {
                        watch(pair);
                    }
                });
            }
        }
    }

    /** What happened to one leg ends the other: looks until the exchange shows it. */
    private void watch(Pair pair) {
        if (!pair.isWatched) {
            pair.isWatched = true;
            follow(pair, pair::isSettled, _ -> pair.isWatched = false);
        }
    }

    /**
     * Looks at a pair, at once and again, until it is as wished or the patience ends; {@code then} hears of the last
     * look.
     */
    void follow(Pair pair, BooleanSupplier asWished, Consumer<Reply<List<OrderReport>>> then) {
        follow(pair, asWished, 0, then);
    }

    private void follow(Pair pair, BooleanSupplier asWished, int looks, Consumer<Reply<List<OrderReport>>> then) {
        look(pair, reply -> {
            if (asWished.getAsBoolean() || looks >= PAUSES.size()) {
                then.accept(reply);
            } else {
                talk.wakeIn(PAUSES.get(looks), () -> follow(pair, asWished, looks + 1, then));
            }
        });
    }

    /** Asks for both legs, and for what they became; all of it is heard before {@code then} is. */
    void look(Pair pair, Consumer<Reply<List<OrderReport>>> then) {
        String listId = pair.listId();
        if (listId != null) {
            list(List.of(listId), Rank.EXIT, reply -> heard(pair, reply, then));
            return;
        }
        detail(pair.stop().id(), first -> {
            if (!(first instanceof Given<List<OrderReport>>) && !first.knowsNoOrder()) {
                then.accept(first);
                return;
            }
            detail(pair.target().id(), second -> {
                if (second.knowsNoOrder()) {
                    // A limit order may be shown with the ordinary ones alone.
                    ordinary(ofClient(pair.target().id()), third -> heard(pair, joined(first, third), then));
                } else {
                    heard(pair, joined(first, second), then);
                }
            });
        });
    }

    private static Reply<List<OrderReport>> joined(Reply<List<OrderReport>> first, Reply<List<OrderReport>> second) {
        if (!(first instanceof Given<List<OrderReport>>(List<OrderReport> stop, long asked))) {
            return second;
        }
        if (second instanceof Given<List<OrderReport>>(List<OrderReport> target, var _)) {
            List<OrderReport> both = new ArrayList<>(stop);
            both.addAll(target);
            return new Given<>(both, asked);
        }
        return second.knowsNoOrder() ? first : second;
    }

    private void heard(Pair pair, Reply<List<OrderReport>> reply, Consumer<Reply<List<OrderReport>>> then) {
        if (reply instanceof Given<List<OrderReport>>(List<OrderReport> rows, var _)) {
            // An answer that shows strangers too is odd, and their rows are theirs.
            List<OrderReport> own =
                    rows.stream().filter(row -> pairOf(row) == pair).toList();
            own.forEach(this::hear);
            askFurther(pair, own, () -> then.accept(reply));
        } else {
            then.accept(reply);
        }
    }

    /** The advanced orders do not say what was executed of a child, and perhaps not of a target: ordinary ones do. */
    private void askFurther(Pair pair, List<OrderReport> rows, Runnable then) {
        Leg stop = pair.stop();
        OrderId child = stop.child();
        if (child != null && !stop.isOver()) {
            ordinary(Params.of("order_id", child.value()), _ -> then.run());
            return;
        }
        OrderReport target = rows.stream()
                .filter(row -> row.isOver() && legOf(pair, row) == pair.target())
                .findFirst()
                .orElse(null);
        if (target == null || pair.target().isOver()) {
            then.run();
            return;
        }
        ordinary(ofClient(pair.target().id()), reply -> {
            if (reply.knowsNoOrder() && !target.status().equals("FILLED")) {
                hear(target.withoutExecution());
            }
            then.run();
        });
    }

    static Params ofClient(ClientOrderId id) {
        return Params.of("client_oid", id.value());
    }

    /** What the exchange shows of one ordinary order: none or one, which is heard before {@code then} is. */
    void ordinary(Params params, Consumer<Reply<List<OrderReport>>> then) {
        RequestGate.Waiting _ = talk.ask(
                Question.read("get-order-detail", params, Rank.EXIT),
                this::ordinaryShown,
                reply -> heardFirst(reply, then));
    }

    private List<OrderReport> ordinaryShown(Json result) {
        return result.isEmpty() ? List.of() : List.of(OrderReport.ordinary(result, talk.exchangeNow()));
    }

    private void heardFirst(Reply<List<OrderReport>> reply, Consumer<Reply<List<OrderReport>>> then) {
        if (reply instanceof Given<List<OrderReport>>(List<OrderReport> found, var _)) {
            found.forEach(this::hear);
        }
        then.accept(reply);
    }

    /** What the exchange shows of one advanced order: none or one, which is heard before {@code then} is. */
    void detail(ClientOrderId id, Consumer<Reply<List<OrderReport>>> then) {
        RequestGate.Waiting _ = talk.ask(
                Question.read("advanced/get-order-detail", ofClient(id), Rank.EXIT),
                json -> OrderReport.allAdvanced(json, talk.exchangeNow(), talk::odd),
                reply -> heardFirst(reply, then));
    }

    /** The orders of some lists. */
    void list(List<String> listIds, Rank rank, Consumer<Reply<List<OrderReport>>> then) {
        Params params = Params.of("list_id_list", List.copyOf(listIds));
        RequestGate.Waiting _ = talk.ask(
                Question.read("advanced/get-order-list-detail", params, rank),
                json -> OrderReport.allAdvanced(json, talk.exchangeNow(), talk::odd),
                then);
    }

    /** The pair of a leg that this life of the process did not place, if the exchange shows one and its list can be read. */
    void find(ClientOrderId id, Consumer<Reply<List<OrderReport>>> then) {
        detail(id, reply -> {
            String listId = reply instanceof Given<List<OrderReport>>(List<OrderReport> rows, var _)
                    ? rows.stream()
                            .map(OrderReport::listId)
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null)
                    : null;
            if (listId == null) {
                then.accept(reply);
                return;
            }
            list(List.of(listId), Rank.EXIT, listed -> {
                if (listed instanceof Given<List<OrderReport>>(List<OrderReport> rows, var _)) {
                    adopt(rows);
                    rows.forEach(this::hear);
                }
                // Without its list a leg does not say what was executed of it.
                then.accept(listed instanceof Given || listed.knowsNoOrder() ? reply : listed);
            });
        });
    }
}
