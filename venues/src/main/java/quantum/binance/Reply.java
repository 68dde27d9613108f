package quantum.binance;

import java.util.function.Function;
import quantum.venue.Answer;

/** What became of one question, read and classified (binance-usdm 8.2). */
sealed interface Reply<T> {

    /** The exchange did it and said this; {@code askedNanos} is when the question left. */
    record Told<T>(T value, long askedNanos) implements Reply<T> {}

    /** The exchange refused, and it is proven that nothing was done. */
    record Refused<T>(BinanceError error, String text) implements Reply<T> {}

    /** Done or not: nobody can tell from this. {@code odd} if the exchange answered, but nothing that we can read. */
    record Unknown<T>(String cause, boolean odd) implements Reply<T> {}

    /** No byte left us. */
    record Unsent<T>(String cause) implements Reply<T> {}

    /** The same in the desk's words. */
    default <A> Answer<A> answer(Function<T, A> accepted) {
        return switch (this) {
            case Told<T>(T value, var _) -> new Answer.Accepted<>(accepted.apply(value));
            case Refused<T>(BinanceError error, String text) -> new Answer.Denied<>(error.code(), text, error.cause());
            case Unknown<T>(String cause, var _) -> new Answer.NoAnswer<>(cause);
            case Unsent<T>(String cause) -> new Answer.NotSent<>(cause);
        };
    }

    /** Why there is no value, for a person. */
    default String failure() {
        return switch (this) {
            case Told<T> _ -> "";
            case Refused<T>(BinanceError error, String text) -> error.code() + " " + text;
            case Unknown<T>(String cause, var _) -> cause;
            case Unsent<T>(String cause) -> "not sent: " + cause;
        };
    }

    /** True if the exchange refused with this code. */
    default boolean isRefusal(int code) {
        return this instanceof Refused<T>(BinanceError error, var _) && error.code() == code;
    }
}
