package quantum.desk;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import quantum.intent.Intent;
import quantum.intent.Levels;
import quantum.intent.Reading;
import quantum.market.Direction;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.order.OrderEvent;
import quantum.order.Purpose;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;

/**
 * Closes whose message was handed out before: an exit may leave without its record (law 5), so that a process which ended
 * then may have executed it, and nobody here knows. The exchange is asked for its order first; what was executed is told
 * as executed, and only what the exchange does not know is decided on now. Until then nothing is recorded and the message is
 * not acknowledged: should this process end too, the close is handed out once more.
 */
final class Redelivered {

    /** A close that waits for the exchange's word. */
    private record Waiting(Intent.Close close, LiveIntent intent, Set<String> messages, Consumer<Turn> otherwise) {}

    private final Books books;
    private final Executions executions;
    private final Confirming confirming;
    private final Map<ClientOrderId, Waiting> waiting = new LinkedHashMap<>();

    Redelivered(Books books, Executions executions, Confirming confirming) {
        this.books = books;
        this.executions = executions;
        this.confirming = confirming;
    }

    /** {@code otherwise} decides once the exchange says that it knows no such order. */
    void close(Intent.Close close, LiveIntent intent, String messageId, Consumer<Turn> otherwise, Turn turn) {
        ClientOrderId id = ClientOrderId.close(intent.id());
        waiting.put(id, new Waiting(close, intent, new LinkedHashSet<>(Set.of(messageId)), otherwise));
        ask(id, close, turn);
    }

    /** True while the message, first or repeated, must stay with the bus because nothing of its intent is recorded. */
    boolean keeps(Event.IntentArrived arrived) {
        Waiting known = arrived.reading() instanceof Reading.Understood(Intent wish)
                ? waiting.get(ClientOrderId.close(wish.origin().intentId()))
                : null;
        if (known != null) {
            known.messages().add(arrived.messageId());
        }
        return known != null;
    }

    private static void acknowledge(Waiting known, Turn turn) {
        known.messages().forEach(message -> turn.add(new Effect.Acknowledge(message)));
    }

    private void ask(ClientOrderId id, Intent.Close close, Turn turn) {
        turn.ask(new Call.AskOrder(id, close.symbol(), null));
    }

    /** The wake-up of a question without an answer; true if it was one of these. */
    boolean askAgain(ClientOrderId id, Turn turn) {
        Waiting known = waiting.get(id);
        if (known != null) {
            ask(id, known.close(), turn);
        }
        return known != null;
    }

    /** The answer to a question about an order; true if it was one of these. */
    boolean told(ClientOrderId id, Answer<OrderUpdate> answer, Turn turn) {
        Waiting known = waiting.get(id);
        if (known == null) {
            return false;
        }
        switch (answer) {
            case Answer.Accepted<OrderUpdate>(OrderUpdate update) -> {
                waiting.remove(id);
                follow(id, known, update, turn);
                acknowledge(known, turn);
            }
            case Answer.Denied<OrderUpdate> _ -> {
                waiting.remove(id);
                known.otherwise().accept(turn);
                acknowledge(known, turn);
            }
            case Answer.NoAnswer<OrderUpdate> _, Answer.NotSent<OrderUpdate> _ ->
                turn.wake(
                        Timer.Kind.ASK_ORDER,
                        id.value(),
                        books.rules.confirmation().poll());
        }
        return true;
    }

    /** What it closed is in the positions that were read since; only its own end is still to be told. */
    private void follow(ClientOrderId id, Waiting known, OrderUpdate update, Turn turn) {
        Direction closed = Direction.opened(update.side()).opposite();
        books.allLives().stream()
                .filter(life -> life.symbol().equals(update.symbol()) && life.direction() == closed)
                .filter(life -> life.state() != Life.State.CLOSED)
                .forEach(life -> {
                    life.endedBy(update.orderId(), Closing.reason(known.close()));
                    turn.changed(life);
                });
        Quantity quantity = update.executed().quantity().signum() > 0
                ? new Quantity(update.executed().quantity())
                : Quantity.of("1");
        LiveOrder order = new LiveOrder(
                new LiveOrder.Task(
                        id,
                        update.symbol(),
                        update.side(),
                        Purpose.CLOSE,
                        quantity,
                        1,
                        new LiveOrder.Cause(
                                known.intent().id(), null, Closing.reason(known.close()), Levels.NONE, null)),
                turn);
        order.learn(new OrderEvent.Sent());
        books.add(order);
        known.intent().carriedBy(id);
        known.intent().reached(LiveIntent.JUDGED, turn);
        turn.changed(known.intent());
        executions.learn(order, update, turn);
        if (!order.state().isFinal()) {
            confirming.resume(order, turn);
        }
        turn.ask(new Call.ReadPositions());
    }
}
