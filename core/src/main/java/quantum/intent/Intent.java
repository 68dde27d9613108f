package quantum.intent;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.market.Decimals;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;

/** One wish of a producer. Guards apply to {@link Open} alone; exits are never held up (law 5). */
public sealed interface Intent {

    Origin origin();

    Symbol symbol();

    Action action();

    /** The word the producer used. */
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

    /** The conditions of an open. */
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
     * Close what is held, or a fraction of it. The direction is absent where the producer said only CLOSE and named no
     * position; where it said BUY or SELL, only the opposite position may be closed by it, so that a close never
     * crosses zero.
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

    /** Move the protective levels of a position that exists. */
    record Protect(Origin origin, Symbol symbol, Action action, Direction direction, Levels levels) implements Intent {}
}
