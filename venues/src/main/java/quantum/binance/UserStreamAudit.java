package quantum.binance;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.binance.AccountReplies.Row;
import quantum.market.Direction;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.venue.ConditionalUpdate;

/** What the user stream and the exchange's answers say of the same things: positions, orders, and what rests. */
final class UserStreamAudit {

    private final StreamAudit positions;
    private final StreamAudit rests;
    private final Echo echo;

    UserStreamAudit(Conversation talk, Runnable readPositions, Runnable readRests, PrivateStream stream) {
        positions = new StreamAudit(talk, readPositions, what -> stream.deaf("ACCOUNT_UPDATE", what));
        rests = new StreamAudit(talk, readRests, what -> stream.deaf(Echo.REST, what));
        echo = new Echo(talk, stream);
    }

    void opened() {
        positions.opened();
        rests.opened();
    }

    /** An event came, whatever it says. */
    void heard(String event, @Nullable String symbol) {
        echo.heard(event, symbol);
    }

    /** The exchange took an order to its book, sent at a monotonic time. */
    void tookOrder(Symbol symbol, ClientOrderId id, long askedNanos) {
        echo.taken(Echo.ORDER, symbol, id, askedNanos);
    }

    /** The exchange took a conditional order. */
    void tookRest(Symbol symbol, ClientOrderId id, long askedNanos) {
        echo.taken(Echo.REST, symbol, id, askedNanos);
    }

    void held(List<Row> rows, long askedNanos) {
        Map<String, BigDecimal> amounts = new HashMap<>();
        rows.forEach(row -> amounts.put(
                name(row.symbol().name(), row.direction()), row.quantity().value()));
        positions.read(amounts, askedNanos);
    }

    void listed(List<ConditionalUpdate> listed, long askedNanos) {
        Map<String, BigDecimal> amounts = new HashMap<>();
        listed.forEach(rest -> amounts.put(name(rest), amount(rest)));
        rests.read(amounts, askedNanos);
    }

    void told(ConditionalUpdate rest) {
        rests.told(name(rest), amount(rest));
    }

    /** The positions in an ACCOUNT_UPDATE: of a named side, or of both by the sign of the amount (binance-usdm 5.3). */
    void told(Json accountUpdate) {
        Json account = accountUpdate.object("a");
        if (!account.has("P")) {
            return;
        }
        for (Json position : account.list("P")) {
            String symbol = position.text("s");
            BigDecimal amount = position.decimal("pa");
            Direction named = position.position("ps");
            if (named != null) {
                positions.told(name(symbol, named), amount.abs());
            } else {
                positions.told(name(symbol, Direction.LONG), amount.max(BigDecimal.ZERO));
                positions.told(name(symbol, Direction.SHORT), amount.negate().max(BigDecimal.ZERO));
            }
        }
    }

    private static String name(String symbol, Direction direction) {
        return "the " + direction + " position in " + symbol;
    }

    private static String name(ConditionalUpdate rest) {
        return "the number of conditional orders " + rest.conditionalId() + " in "
                + rest.symbol().name();
    }

    private static BigDecimal amount(ConditionalUpdate rest) {
        return rest.status() == ConditionalUpdate.Status.NEW ? BigDecimal.ONE : BigDecimal.ZERO;
    }
}
