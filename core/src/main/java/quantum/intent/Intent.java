package quantum.intent;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.market.Decimals;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;

/**
 * One wish of a producer. Guards apply to {@link Open} alone; exits are never held up (law 5). Nothing of the wire
 * form is left in it: the same wish in two forms is equal.
 */
public sealed interface Intent {

    Origin origin();

    Symbol symbol();

    Action action();

    /** The same of another symbol. */
    default Intent of(Symbol other) {
        return switch (this) {
            case Open open -> new Open(open.origin, other, open.side, open.size, open.terms, open.levels);
            case Close close ->
                new Close(close.origin, other, close.action, close.direction, close.fraction, close.quantity);
            case Protect protect ->
                new Protect(protect.origin, other, protect.action, protect.direction, protect.levels);
        };
    }

    /** The word the producer used, which the report repeats. What it means is decided with the other fields. */
    enum Action {
        BUY,
        SELL,
        CLOSE
    }

    /** Open a position, protected by the levels. */
    record Open(Origin origin, Symbol symbol, Side side, Size size, Terms terms, Levels levels) implements Intent {
        @Override
        public Action action() {
            return side == Side.BUY ? Action.BUY : Action.SELL;
        }

        public Direction direction() {
            return Direction.opened(side);
        }

        /** What the same wish means where such a position exists already. */
        public Protect asProtect() {
            return new Protect(origin, symbol, action(), direction(), levels);
        }
    }

    /**
     * The conditions of an open; each is null where it was not given.
     *
     * @param leverage whole, 1 to 125; null for the configured one
     * @param expectedPrice what the producer counted with: the reference of slippage
     * @param maxSlippagePct percent by which the mark may differ from it, either way
     * @param confidence 0 to 1; it is shown and decides nothing
     */
    record Terms(
            @Nullable Integer leverage,
            @Nullable Price expectedPrice,
            @Nullable BigDecimal maxSlippagePct,
            @Nullable BigDecimal confidence) {
        public Terms {
            maxSlippagePct = maxSlippagePct == null ? null : Decimals.plain(maxSlippagePct);
            confidence = confidence == null ? null : Decimals.plain(confidence);
        }
    }

    /**
     * Close what is held, or a fraction of it. The direction is absent where the producer said only CLOSE and named
     * no position; where it said BUY or SELL, only the opposite position may be closed by it, so that a close never
     * crosses zero.
     *
     * @param fraction of what is held when it is decided, above 0 to 1; 1 for all
     * @param quantity at most so many units; null for no such bound, and the fraction counts
     */
    record Close(
            Origin origin,
            Symbol symbol,
            Action action,
            @Nullable Direction direction,
            BigDecimal fraction,
            @Nullable BigDecimal quantity)
            implements Intent {
        public Close {
            fraction = Decimals.plain(fraction);
            quantity = quantity == null ? null : Decimals.plain(quantity);
        }
    }

    /**
     * Move the protective levels of a position that exists. No message says it: it is what an open means there
     * (docs/decisions/0003).
     */
    record Protect(Origin origin, Symbol symbol, Action action, Direction direction, Levels levels) implements Intent {}
}
