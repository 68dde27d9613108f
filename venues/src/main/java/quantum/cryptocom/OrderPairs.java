package quantum.cryptocom;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import quantum.cryptocom.PairBook.Pair;
import quantum.cryptocom.Question.Rank;
import quantum.cryptocom.Reply.Given;
import quantum.market.Direction;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.VenueEvent;

/**
 * Stop and target as one OCO list: a LIMIT at the target and a STOP_LOSS by mark price, of which each cancels the other
 * (crypto-com 4). Two separate orders for the same coins are refused, so that there is no other way to protect. All
 * answers of the exchange are acknowledgements: what rests is what its lists show.
 */
final class OrderPairs {

    /** Looks for a leg that is rejected after it was seen to rest, should no stream say so. */
    private static final List<Duration> LATER_LOOKS =
            List.of(Duration.ofMillis(400), Duration.ofMillis(1200), Duration.ofSeconds(3));

    private static final Answer<ClientOrderId> UNSEEN =
            new Answer.NoAnswer<>("the cancel was acknowledged, and is not seen to be done");

    private final Conversation talk;
    private final PairBook book;
    private final ConditionalReads reads;

    OrderPairs(Conversation talk, PairBook book, ConditionalReads reads) {
        this.talk = talk;
        this.book = book;
        this.reads = reads;
    }

    void place(Call.PlacePair call) {
        if (call.direction() != Direction.LONG) {
            talk.publish(VenueEvent.notSent(call, "coins are held, never owed"));
            return;
        }
        Pair pair = new Pair(
                new Leg(call.stopId(), call.symbol(), Level.STOP, call.stop(), call.quantity()),
                new Leg(call.targetId(), call.symbol(), Level.TARGET, call.target(), call.quantity()),
                null);
        book.add(pair);
        RequestGate.Waiting _ = talk.ask(
                Question.create("advanced/create-oco", oco(call), Rank.EXIT), json -> json.text("list_id"), reply -> {
                    if (reply instanceof Given<String>(String listId, var _)) {
                        pair.listed(listId);
                        verify(call, pair);
                    } else {
                        if (reply instanceof Reply.Refused || reply instanceof Reply.Unsent) {
                            book.forget(pair);
                        }
                        answered(call, pair, reply.failed());
                    }
                });
    }

    private static Params oco(Call.PlacePair call) {
        Params target =
                leg(call, "LIMIT", call.targetId()).with("price", call.target().toString());
        Params stop = leg(call, "STOP_LOSS", call.stopId())
                .with("ref_price", call.stop().toString())
                .with("ref_price_type", "MARK_PRICE");
        return Params.of("order_list", List.of(target, stop));
    }

    private static Params leg(Call.PlacePair call, String type, ClientOrderId id) {
        return Params.of("instrument_name", call.symbol().name())
                .with("side", Side.SELL.name())
                .with("type", type)
                .with("quantity", call.quantity().toString())
                .with("client_oid", id.value())
                .with("spot_margin", "SPOT");
    }

    private void verify(Call.PlacePair call, Pair pair) {
        book.follow(pair, pair::isSeen, reply -> {
            if (!pair.isSeen()) {
                String why = reply instanceof Given ? "a leg is not shown" : reply.failure();
                answered(call, pair, new Answer.NoAnswer<>("the pair was acknowledged, and " + why));
            } else if (isRefused(pair)) {
                String words = pair.legs().stream()
                        .map(Leg::refusal)
                        .filter(each -> each != null)
                        .collect(Collectors.joining(", "));
                answered(call, pair, new Answer.Denied<>(0, words, CryptoComError.causeOf(words)));
            } else {
                answered(call, pair, new Answer.Accepted<>(shown(pair)));
                LATER_LOOKS.forEach(later -> talk.wakeIn(later, () -> {
                    if (!pair.isOver()) {
                        book.look(pair, _ -> {});
                    }
                }));
            }
        });
    }

    /** Nothing of it rests and nothing was sold: one leg was rejected, and the other is over with it. */
    private static boolean isRefused(Pair pair) {
        return pair.isOver()
                && pair.legs().stream().anyMatch(Leg::isRefused)
                && pair.legs().stream().noneMatch(Leg::hasFired);
    }

    private static VenueEvent.Pair shown(Pair pair) {
        return new VenueEvent.Pair(pair.stop().update(), pair.target().update());
    }

    private void answered(Call.PlacePair call, Pair pair, Answer<VenueEvent.Pair> answer) {
        pair.legs().forEach(Leg::placed);
        talk.publish(new VenueEvent.PairAnswered(call.stopId(), call.targetId(), answer));
    }

    /** One request for both legs, whoever asks; each call has its answer once the exchange shows its leg over. */
    void cancel(Call.CancelConditional call) {
        Pair pair = book.of(call.id());
        if (pair != null) {
            cancel(pair, call);
            return;
        }
        book.find(call.id(), reply -> {
            Pair found = book.of(call.id());
            if (found == null) {
                cancelAlone(call, reply);
            } else {
                cancel(found, call);
            }
        });
    }

    /** A leg without a list that shows both: by itself, among the advanced orders or else the ordinary ones. */
    private void cancelAlone(Call.CancelConditional call, Reply<List<OrderReport>> advanced) {
        if (isOpen(advanced)) {
            cancelAlone(
                    call, "advanced/cancel-order", then -> book.detail(call.id(), then), () -> cancelOrdinary(call));
        } else if (advanced instanceof Given<List<OrderReport>>(List<OrderReport> rows, var _) && !rows.isEmpty()) {
            overAlone(call, rows, "it is over already");
        } else if (advanced instanceof Given || advanced.knowsNoOrder()) {
            cancelOrdinary(call);
        } else {
            answered(call, advanced.failed());
        }
    }

    private void cancelOrdinary(Call.CancelConditional call) {
        Params params = PairBook.ofClient(call.id());
        book.ordinary(params, ordinary -> {
            if (isOpen(ordinary)) {
                cancelAlone(
                        call,
                        "cancel-order",
                        then -> book.ordinary(params, then),
                        () -> answered(call, new Answer.NoAnswer<>("it shows, and its cancel is refused")));
            } else if (isOver(ordinary)) {
                overAlone(call, rows(ordinary), "neither the advanced nor the ordinary orders show it resting");
            } else {
                answered(call, ordinary.failed());
            }
        });
    }

    private void cancelAlone(
            Call.CancelConditional call,
            String method,
            Consumer<Consumer<Reply<List<OrderReport>>>> look,
            Runnable notThere) {
        RequestGate.Waiting _ = talk.ask(Question.cancel(method, PairBook.ofClient(call.id())), json -> json, reply -> {
            if (reply.knowsNoOrder()) {
                notThere.run();
            } else if (reply instanceof Given) {
                look.accept(shown -> {
                    if (isOver(shown)) {
                        overAlone(call, rows(shown), "");
                    } else {
                        answered(call, UNSEEN);
                    }
                });
            } else {
                answered(call, reply.failed());
            }
        });
    }

    /** What it executed is published first. It was not taken off by us where {@code otherwise} says so, or by its end. */
    private void overAlone(Call.CancelConditional call, List<OrderReport> rows, String otherwise) {
        OrderReport own = rows.stream()
                .filter(row -> row.clientId().equals(call.id()))
                .findFirst()
                .orElse(null);
        if (own == null || book.legOf(own) != null) {
            answered(call, otherwise.isEmpty() ? done(call) : unknown(otherwise));
            return;
        }
        reads.leg(own, answer -> {
            if (!(answer instanceof Answer.Accepted<ConditionalUpdate>(ConditionalUpdate update))) {
                answered(call, UNSEEN);
            } else if (update.status() == ConditionalUpdate.Status.FINISHED || !otherwise.isEmpty()) {
                answered(call, unknown(otherwise.isEmpty() ? "it was executed before" : otherwise));
            } else {
                answered(call, done(call));
            }
        });
    }

    private static List<OrderReport> rows(Reply<List<OrderReport>> shown) {
        return shown instanceof Given<List<OrderReport>>(List<OrderReport> rows, var _) ? rows : List.of();
    }

    private static Answer<ClientOrderId> done(Call.CancelConditional call) {
        return new Answer.Accepted<>(call.id());
    }

    private static boolean isOpen(Reply<List<OrderReport>> shown) {
        return shown instanceof Given<List<OrderReport>>(List<OrderReport> rows, var _)
                && rows.stream().anyMatch(row -> !row.isOver());
    }

    private static boolean isOver(Reply<List<OrderReport>> shown) {
        return shown.knowsNoOrder()
                || (shown instanceof Given<List<OrderReport>>(List<OrderReport> rows, var _)
                        && rows.stream().allMatch(OrderReport::isOver));
    }

    private void cancel(Pair pair, Call.CancelConditional call) {
        if (pair.leg(call.id()).isOver()) {
            answered(call, unknown("it is over already"));
            return;
        }
        pair.cancels().add(call);
        if (pair.cancels().size() > 1) {
            return;
        }
        String listId = pair.listId();
        if (listId != null) {
            cancelList(pair, listId);
            return;
        }
        // The answer to placing it was lost: what there is of it says in which list it is.
        book.look(pair, reply -> {
            String found = pair.listId();
            if (found != null && !pair.isOver()) {
                cancelList(pair, found);
            } else {
                cancelByLegs(pair, reply);
            }
        });
    }

    /** No list of both is there to be cancelled: each leg by what the exchange shows of it, among all its orders. */
    private void cancelByLegs(Pair pair, Reply<List<OrderReport>> shown) {
        List<Call.CancelConditional> waiting = List.copyOf(pair.cancels());
        pair.cancels().clear();
        for (Call.CancelConditional call : waiting) {
            if (!(shown instanceof Given) && !shown.knowsNoOrder()) {
                answered(call, shown.failed());
            } else if (pair.leg(call.id()).isOver()) {
                answered(call, byLeg(pair, call, false));
            } else {
                book.detail(call.id(), advanced -> cancelAlone(call, advanced));
            }
        }
    }

    private void cancelList(Pair pair, String listId) {
        Params params = Params.of("list_id", listId);
        RequestGate.Waiting _ = talk.ask(Question.cancel("advanced/cancel-oco", params), json -> json, reply -> {
            if (reply instanceof Given) {
                book.follow(pair, pair::isOver, _ -> answerCancels(pair, waiting -> byLeg(pair, waiting, true)));
            } else if (reply.knowsNoOrder()) {
                book.look(pair, shown -> cancelByLegs(pair, shown));
            } else {
                answerCancels(pair, waiting -> reply.failed());
            }
        });
    }

    private static boolean isEmpty(Reply<List<OrderReport>> reply) {
        return reply instanceof Given<List<OrderReport>>(List<OrderReport> rows, var _) && rows.isEmpty();
    }

    /** {@code byUs} where our cancel was acknowledged; a leg that was executed first is over, and not by it. */
    private static Answer<ClientOrderId> byLeg(Pair pair, Call.CancelConditional call, boolean byUs) {
        Leg leg = pair.leg(call.id());
        if (!leg.isOver()) {
            return UNSEEN;
        }
        boolean isCancelled = byUs && leg.update().status() != ConditionalUpdate.Status.FINISHED;
        return isCancelled ? done(call) : unknown("it is over already");
    }

    private void answerCancels(Pair pair, Function<Call.CancelConditional, Answer<ClientOrderId>> answer) {
        List<Call.CancelConditional> waiting = List.copyOf(pair.cancels());
        pair.cancels().clear();
        waiting.forEach(call -> answered(call, answer.apply(call)));
    }

    private void answered(Call.CancelConditional call, Answer<ClientOrderId> answer) {
        talk.publish(new VenueEvent.ConditionalCancelled(call.id(), answer));
    }

    private static <T> Answer<T> unknown(String words) {
        return new Answer.Denied<>(CryptoComError.NO_SUCH_ORDER, words, Answer.Cause.UNKNOWN_ORDER);
    }

    /** A leg by its own id; of one of an earlier life its list too, so that both are followed from then on. */
    void query(Call.QueryConditional call) {
        Pair pair = book.of(call.id());
        if (pair == null) {
            book.find(call.id(), reply -> answerQuery(call, reply));
        } else {
            book.detail(call.id(), reply -> answerQuery(call, reply));
        }
    }

    private void answerQuery(Call.QueryConditional call, Reply<List<OrderReport>> reply) {
        if (!reply.knowsNoOrder() && !isEmpty(reply)) {
            show(call, reply);
            return;
        }
        // A limit order may be shown with the ordinary ones.
        book.ordinary(PairBook.ofClient(call.id()), second -> {
            if (second.knowsNoOrder() || isEmpty(second)) {
                queried(call, unknown("neither the advanced nor the ordinary orders show it"));
            } else {
                show(call, second);
            }
        });
    }

    private void show(Call.QueryConditional call, Reply<List<OrderReport>> reply) {
        if (!(reply instanceof Given<List<OrderReport>>(List<OrderReport> rows, var _))) {
            queried(call, reply.failed());
            return;
        }
        OrderReport row = rows.stream()
                .filter(each -> each.clientId().equals(call.id()))
                .findFirst()
                .orElse(null);
        Pair pair = book.of(call.id());
        if (row == null) {
            queried(call, new Answer.NoAnswer<>("the answer shows another order"));
        } else if (!row.hasKnownStatus()) {
            talk.odd("order status " + row.status(), row.orderId() + " of " + row.symbol());
            queried(call, new Answer.NoAnswer<>("it is in a state that is not known: " + row.status()));
        } else if (pair != null && pair.leg(call.id()).isSeen()) {
            queried(call, new Answer.Accepted<>(pair.leg(call.id()).update()));
        } else {
            reads.leg(row, answer -> queried(call, answer));
        }
    }

    private void queried(Call.QueryConditional call, Answer<ConditionalUpdate> answer) {
        talk.publish(new VenueEvent.ConditionalQueried(call.id(), answer));
    }
}
