package quantum.venue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.market.Balance;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;

/** What a venue session tells the desk: answers to calls, and what the exchange says by itself. */
public sealed interface VenueEvent {

    /** The answer to a call that could not be made at all: each call is answered, whatever happens. */
    static VenueEvent notSent(Call call, String cause) {
        return switch (call) {
            case Call.Open open -> new OrderAnswered(open.id(), new Answer.NotSent<>(cause));
            case Call.CancelOpen cancel -> new OpenCancelled(cancel.id(), new Answer.NotSent<>(cause));
            case Call.Close close -> new OrderAnswered(close.id(), new Answer.NotSent<>(cause));
            case Call.PlaceConditional rest -> new ConditionalAnswered(rest.id(), new Answer.NotSent<>(cause));
            case Call.PlacePair pair -> new PairAnswered(pair.stopId(), pair.targetId(), new Answer.NotSent<>(cause));
            case Call.CancelConditional cancel -> new ConditionalCancelled(cancel.id(), new Answer.NotSent<>(cause));
            case Call.QueryOrder ask -> new OrderQueried(ask.id(), new Answer.NotSent<>(cause));
            case Call.QueryConditional ask -> new ConditionalQueried(ask.id(), new Answer.NotSent<>(cause));
            case Call.ReadPositions _,
                    Call.ReadAccount _,
                    Call.ReadConditionals _,
                    Call.ReadOrders _,
                    Call.ReadTrades _,
                    Call.ReadIncome _,
                    Call.ReadRules _ -> new ReadFailed(call, cause);
        };
    }

    /** The answer to {@link Call.Open} or {@link Call.Close}. */
    record OrderAnswered(ClientOrderId id, Answer<OrderUpdate> answer) implements VenueEvent {}

    /** The answer to {@link Call.CancelOpen}; what became of the open is told by itself. */
    record OpenCancelled(ClientOrderId id, Answer<ClientOrderId> answer) implements VenueEvent {}

    /** The answer to {@link Call.QueryOrder}; a denial with UNKNOWN_ORDER is "not known here", not yet a proof. */
    record OrderQueried(ClientOrderId id, Answer<OrderUpdate> answer) implements VenueEvent {}

    /** An order changed, told by the user stream. */
    record OrderChanged(OrderUpdate update) implements VenueEvent {}

    /** The answer to {@link Call.PlaceConditional}. */
    record ConditionalAnswered(ClientOrderId id, Answer<ConditionalUpdate> answer) implements VenueEvent {}

    /** The answer to {@link Call.PlacePair}. */
    record PairAnswered(ClientOrderId stopId, ClientOrderId targetId, Answer<Pair> answer) implements VenueEvent {}

    /** Both orders of a pair. */
    record Pair(ConditionalUpdate stop, ConditionalUpdate target) {}

    /** The answer to {@link Call.QueryConditional}; of a pair's order, what it executed is told before. */
    record ConditionalQueried(ClientOrderId id, Answer<ConditionalUpdate> answer) implements VenueEvent {}

    /**
     * The answer to {@link Call.CancelConditional}; UNKNOWN_ORDER means that it is final already. Of a pair's order, what it
     * executed is told before.
     */
    record ConditionalCancelled(ClientOrderId id, Answer<ClientOrderId> answer) implements VenueEvent {}

    /**
     * A conditional order changed, told by the user stream. The end of a pair's order is told after what it executed: no
     * reading of an account of coins would show that.
     */
    record ConditionalChanged(ConditionalUpdate update) implements VenueEvent {}

    /**
     * All positions, and those that are there and not clear; {@code askedNanos} is the monotonic time at which the
     * question left.
     */
    record PositionsRead(List<Held> positions, List<Unclear> unclear, long askedNanos) implements VenueEvent {

        /** All of them are clear. */
        public PositionsRead(List<Held> positions, long askedNanos) {
            this(positions, List.of(), askedNanos);
        }
    }

    /**
     * The answer to {@link Call.ReadPositions} where an account holds coins and no positions: how much there is of each asset,
     * ours and others'. The desk knows what of it its own orders bought.
     */
    record HoldingsRead(List<Balance> coins, long askedNanos) implements VenueEvent {}

    /**
     * A row that says or may say that something is held, and not what in words that we know: it can be shown as the
     * exchange gives it, neither protected nor closed.
     */
    record Unclear(String symbol, String side, String quantity, String entryPrice, String why) {

        /** What is held, as far as it is told. */
        public String words() {
            return side + " " + quantity + " " + symbol + " at " + entryPrice;
        }
    }

    /** One position as the exchange holds it. */
    record Held(
            Symbol symbol,
            Direction direction,
            Quantity quantity,
            Price entryPrice,
            Price mark,
            @Nullable Price liquidation,
            int leverage) {}

    /**
     * The user stream told how much of a symbol is held now, negative for a short; the side where the account holds long and
     * short beside each other.
     */
    record AmountTold(Symbol symbol, @Nullable Direction side, BigDecimal amount) implements VenueEvent {}

    /**
     * The account's money, asset by asset; {@code askedNanos} as above. Assets that this list lacked and an earlier one had
     * keep its figures, and are named.
     */
    record AccountRead(List<Balance> balances, Set<String> lacked, long askedNanos) implements VenueEvent {}

    /** All resting conditional orders. */
    record ConditionalsRead(List<ConditionalUpdate> rests, long askedNanos) implements VenueEvent {}

    /** The regular orders that rest on the book, of the symbol that was asked for or of all. */
    record OrdersRead(@Nullable Symbol symbol, List<RestingOrder> orders) implements VenueEvent {}

    /** The trades asked for. */
    record TradesRead(Symbol symbol, List<Call.Trade> trades, long askedNanos) implements VenueEvent {}

    /** What was paid and received, as asked for. */
    record IncomeRead(Call.ReadIncome call, List<Call.Payment> payments, long askedNanos) implements VenueEvent {}

    /** Funding was settled for what is held in a symbol; how much, the income tells. */
    record FundingSettled(Symbol symbol, Instant at) implements VenueEvent {}

    /** The exchange asks for more margin for a position; what it does not tell readably is absent. */
    record MarginCalled(
            Symbol symbol,
            @Nullable Direction direction,
            @Nullable BigDecimal quantity,
            @Nullable Price mark,
            @Nullable BigDecimal maintenance)
            implements VenueEvent {}

    /** A conditional order was triggered, and the exchange refused the order that it was to become. */
    record TriggerRefused(Symbol symbol, String words) implements VenueEvent {}

    /** A read that was not answered; it may be asked again. A final refusal will be the same the next time. */
    record ReadFailed(Call call, String cause, boolean isFinal) implements VenueEvent {
        public ReadFailed(Call call, String cause) {
            this(call, cause, false);
        }
    }

    /** Mark prices, by symbol, as of an exchange time. */
    record Marked(Map<Symbol, Price> marks, Instant exchangeTime) implements VenueEvent {}

    /** The exchange's rules, or those that changed, at start and whenever they were read again. */
    record InstrumentsRead(List<Instrument> instruments, long askedNanos) implements VenueEvent {}

    /** The session passed its self test and its streams are up; also after every reconnect of the user stream. */
    record Ready(SelfTest selfTest, boolean again) implements VenueEvent {}

    /** What the self test saw. */
    record SelfTest(Instant serverTime, long clockOffsetMillis, int symbols, List<Balance> balances, String endpoint) {}

    /** A stream is down; nothing is lost for good, because a reconnect reads everything again. */
    record StreamLost(String stream, String cause) implements VenueEvent {}

    /** A stream is open and does not tell what the exchange says when it is asked; it is opened again. */
    record StreamDeaf(String stream, String detail) implements VenueEvent {}

    /**
     * Opens must stop, because the exchange, the account or our own key says so; exits go on as far as they can. The code
     * is the exchange's own, or its HTTP status. Ends at an exchange time, or when a person acts where there is none.
     */
    record OpensHalted(
            Halt halt, int code, String words, @Nullable Instant until) implements VenueEvent {}

    /** What stops opens. */
    enum Halt {
        /** Too many requests or orders: everything but exits waits. */
        LIMITED,
        /** Our address is banned: nothing is sent at all, exits wait until the ban ends. */
        BANNED,
        /** A wall in front of the exchange refuses us. */
        BLOCKED,
        /** Key, rights, mode or account: nothing opens until a person acts. */
        CONFIGURATION,
        /** The exchange allows this account or symbol exits alone for a while. */
        RESTRICTED
    }

    /** The exchange refused a request of ours as wrong in itself: a mistake of this program; told once for each code. */
    record RequestRefused(int code, String words) implements VenueEvent {}

    /** Something the exchange said is unknown to us or cannot be read; told once for each kind. */
    record Unread(String kind, String detail) implements VenueEvent {}

    /** Between two readings the exchange's clock and ours moved apart by more than clocks do. */
    record ClockMoved(Duration by) implements VenueEvent {}

    /** The exchange cannot be used at all: unreachable, wrong key, wrong mode. */
    record Unusable(String cause, String nextStep) implements VenueEvent {}
}
