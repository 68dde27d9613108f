package quantum.cryptocom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.cryptocom.PairBook.Pair;
import quantum.cryptocom.Question.Rank;
import quantum.cryptocom.Reply.Given;
import quantum.json.Malformed;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Answer;
import quantum.venue.ConditionalUpdate;

/** What rests and waits for a price, ours and others'. */
final class ConditionalReads {

    /** So many lists in one question. */
    private static final int LISTS_AT_ONCE = 10;

    private final Conversation talk;
    private final PairBook book;
    private final Executions executions;

    ConditionalReads(Conversation talk, PairBook book, Executions executions) {
        this.talk = talk;
        this.book = book;
        this.executions = executions;
    }

    /**
     * All that rests: the open advanced orders, and the lists of the pairs that are known, because nobody says whether
     * an OCO is among the former (correction 10). Read whole, or not at all.
     */
    void read(Rank rank, Consumer<Reply<List<ConditionalUpdate>>> then) {
        RequestGate.Waiting _ =
                talk.ask(Question.read("advanced/get-open-orders", Params.NONE, rank), this::rows, reply -> {
                    if (!(reply instanceof Given<List<OrderReport>>(List<OrderReport> rows, long asked))) {
                        then.accept(
                                reply instanceof Reply.Refused<List<OrderReport>>(CryptoComError error, String text)
                                        ? new Reply.Refused<>(error, text)
                                        : new Reply.Unknown<>(reply.failure(), false));
                        return;
                    }
                    book.adopt(rows);
                    Set<String> lists = new LinkedHashSet<>();
                    book.live().stream()
                            .map(Pair::listId)
                            .filter(each -> each != null)
                            .forEach(lists::add);
                    rows.stream()
                            .filter(row -> row.clientId().isOurs() && row.listId() != null)
                            .forEach(row -> lists.add(String.valueOf(row.listId())));
                    readLists(new ArrayList<>(lists), rows, rank, asked, then);
                });
    }

    private List<OrderReport> rows(Json result) {
        List<OrderReport> rows = new ArrayList<>();
        for (Json row : result.list("data")) {
            try {
                rows.add(OrderReport.advanced(row, talk.exchangeNow()));
            } catch (Malformed | IllegalArgumentException | ArithmeticException e) {
                talk.odd("conditional order " + row.optionalText("order_id"), String.valueOf(e.getMessage()));
            }
        }
        return rows;
    }

    private void readLists(
            List<String> lists,
            List<OrderReport> before,
            Rank rank,
            long asked,
            Consumer<Reply<List<ConditionalUpdate>>> then) {
        if (lists.isEmpty()) {
            before.forEach(book::hear);
            then.accept(new Given<>(resting(before), asked));
            return;
        }
        List<String> now = lists.subList(0, Math.min(LISTS_AT_ONCE, lists.size()));
        List<String> later = List.copyOf(lists.subList(now.size(), lists.size()));
        book.list(now, rank, reply -> {
            List<OrderReport> all = new ArrayList<>(before);
            if (reply instanceof Given<List<OrderReport>>(List<OrderReport> rows, var _)) {
                book.adopt(rows);
                all.addAll(rows);
            } else if (!reply.knowsNoOrder()) {
                then.accept(new Reply.Unknown<>(reply.failure(), false));
                return;
            }
            readLists(later, all, rank, asked, then);
        });
    }

    private List<ConditionalUpdate> resting(List<OrderReport> rows) {
        Map<ClientOrderId, ConditionalUpdate> found = new LinkedHashMap<>();
        for (OrderReport row : rows) {
            Leg leg = book.legOf(row);
            ConditionalUpdate update = leg == null ? alone(row) : leg.update();
            boolean isShown = leg == null ? !row.isOver() : leg.isSeen();
            if (update != null && isShown && Leg.LIVE.contains(update.status())) {
                found.put(update.clientId(), update);
            }
        }
        return List.copyOf(found.values());
    }

    /**
     * A leg of ours that is in no list of both, by itself: what was executed of it is published before {@code then} hears
     * what became of it.
     */
    void leg(OrderReport row, Consumer<Answer<ConditionalUpdate>> then) {
        Leg leg;
        try {
            leg = new Leg(row);
        } catch (Malformed e) {
            then.accept(new Answer.NoAnswer<>("it is shown without a level"));
            return;
        }
        leg.hear(row, executions, talk::publish);
        OrderId child = leg.child();
        boolean isTold = leg.isOver() || (child == null && !row.isOver());
        if (isTold) {
            then.accept(new Answer.Accepted<>(leg.update()));
            return;
        }
        Params ordinary = child == null ? PairBook.ofClient(leg.id()) : Params.of("order_id", child.value());
        book.ordinary(ordinary, reply -> {
            if (reply instanceof Given<List<OrderReport>>(List<OrderReport> rows, var _)) {
                rows.forEach(shown -> leg.hear(shown, executions, talk::publish));
            } else if (reply.knowsNoOrder() && child == null && !row.status().equals("FILLED")) {
                leg.hear(row.withoutExecution(), executions, talk::publish);
            }
            then.accept(
                    leg.isOver()
                            ? new Answer.Accepted<>(leg.update())
                            : new Answer.NoAnswer<>("what was executed of it is not shown"));
        });
    }

    /** What one row says by itself, of an order that is followed no further; null if it has no level. */
    private @Nullable ConditionalUpdate alone(OrderReport row) {
        try {
            Leg leg = new Leg(row);
            leg.hear(row, executions, _ -> {});
            return withSide(leg.update(), row.side());
        } catch (Malformed e) {
            talk.odd("conditional order of " + row.symbol(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static ConditionalUpdate withSide(ConditionalUpdate update, Side side) {
        ConditionalUpdate.Shape shape = update.shape();
        if (shape == null || side == Side.SELL) {
            return update;
        }
        return new ConditionalUpdate(
                update.symbol(),
                update.clientId(),
                update.conditionalId(),
                update.status(),
                update.trigger(),
                update.triggeredOrder(),
                update.refusal(),
                new ConditionalUpdate.Shape(side, null, shape.level(), shape.quantity()));
    }
}
