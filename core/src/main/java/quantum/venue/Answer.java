package quantum.venue;

import java.util.function.Function;

/** What became of a call that changes something on the exchange: exactly one of four (design, section 2). */
public sealed interface Answer<T> {

    /** The exchange took it and said this. */
    record Accepted<T>(T value) implements Answer<T> {}

    /** The exchange refused it; it was not executed. The code is the exchange's own. */
    record Denied<T>(int code, String text, Cause cause) implements Answer<T> {}

    /** Perhaps executed: ask, never send again (law 3). */
    record NoAnswer<T>(String cause) implements Answer<T> {}

    /** Proven not to have left us. */
    record NotSent<T>(String cause) implements Answer<T> {}

    /** The same outcome, of a part of what the exchange said. */
    default <U> Answer<U> map(Function<? super T, ? extends U> part) {
        return switch (this) {
            case Accepted<T>(T value) -> new Accepted<>(part.apply(value));
            case Denied<T>(int code, String text, Cause cause) -> new Denied<>(code, text, cause);
            case NoAnswer<T>(String cause) -> new NoAnswer<>(cause);
            case NotSent<T>(String cause) -> new NotSent<>(cause);
        };
    }

    /** What a denial means for the desk, whatever the exchange's number for it. */
    enum Cause {
        /** Not enough margin. */
        MARGIN,
        /** Too many requests or orders. */
        RATE,
        /** A conditional order's level has been passed already. */
        LEVEL_PASSED,
        /** Reduce-only, and there is nothing to reduce. */
        NOTHING_TO_REDUCE,
        /** The same protection rests already. */
        ALREADY_RESTING,
        /** As many conditional orders rest as the account may have. */
        TOO_MANY_RESTING,
        /** The exchange does not know such an order (yet, or any more). */
        UNKNOWN_ORDER,
        /** Leverage or margin type could not be set, or differ when read back. */
        LEVERAGE,
        /** Proven not executed, and may be tried again after a pause. */
        BUSY,
        /** Size, price or symbol against the exchange's rules. */
        RULES,
        /** Key, rights or mode: nothing will work until a person acts. */
        CONFIGURATION,
        OTHER
    }
}
