package quantum.cryptocom;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quantum.cryptocom.CryptoComInput.Failed;
import quantum.cryptocom.CryptoComInput.OfHttp;
import quantum.cryptocom.CryptoComInput.Replied;
import quantum.json.Malformed;
import quantum.venue.Answer;

/**
 * What became of one question, read and classified. The code in the body counts before the HTTP status: plain refusals
 * come with status 500, and some with 200 (crypto-com 6).
 */
sealed interface Reply<T> {

    int LONGEST_TEXT = 200;
    int LIMITED = 429;
    int FIRST_ERROR = 400;

    /** The exchange did it and said this; {@code askedNanos} is when the question left. */
    record Given<T>(T value, long askedNanos) implements Reply<T> {}

    /** The exchange refused, and nothing was done. */
    record Refused<T>(CryptoComError error, String text) implements Reply<T> {}

    /** Done or not: nobody can know from this. {@code odd} if there was an answer, but none that we can read. */
    record Unknown<T>(String cause, boolean odd) implements Reply<T> {}

    /** No byte left us. */
    record Unsent<T>(String cause) implements Reply<T> {}

    /** The same in the desk's words. */
    default <A> Answer<A> answer(Function<T, A> accepted) {
        return switch (this) {
            case Given<T>(T value, var _) -> new Answer.Accepted<>(accepted.apply(value));
            case Refused<T>(CryptoComError error, String text) ->
                new Answer.Denied<>(error.code(), text, error.cause());
            case Unknown<T>(String cause, var _) -> new Answer.NoAnswer<>(cause);
            case Unsent<T>(String cause) -> new Answer.NotSent<>(cause);
        };
    }

    /** The same of a reply without a value. */
    default <A> Answer<A> failed() {
        return answer(_ -> {
            throw new IllegalStateException("it has a value");
        });
    }

    /** Why there is no value, for a person. */
    default String failure() {
        return switch (this) {
            case Given<T> _ -> "";
            case Refused<T>(CryptoComError error, String text) -> error.code() + " " + text;
            case Unknown<T>(String cause, var _) -> cause;
            case Unsent<T>(String cause) -> "not sent: " + cause;
        };
    }

    /** Whether the exchange says that there is no such order, or that it is over. */
    default boolean knowsNoOrder() {
        return this instanceof Refused<T>(CryptoComError error, var _) && error.kind() == CryptoComError.Kind.STATE;
    }

    /** Whether asking again cannot help until a person acts. */
    default boolean isFinal() {
        return this instanceof Refused<T>(CryptoComError error, var _)
                && (error.kind() == CryptoComError.Kind.CONFIGURATION || error.kind() == CryptoComError.Kind.TERMINAL);
    }

    static <T> Reply<T> read(OfHttp input, Question question, Function<Json, T> reader, long askedNanos) {
        return switch (input) {
            case Failed(var _, boolean unsent, String cause) ->
                unsent ? new Reply.Unsent<>(cause) : new Reply.Unknown<>(cause, false);
            case Replied replied -> body(replied, question, reader, askedNanos);
        };
    }

    private static <T> Reply<T> body(Replied replied, Question question, Function<Json, T> reader, long askedNanos) {
        Json body = parsed(replied.body());
        Long code = body == null ? null : body.optionalInteger("code");
        if (body == null || code == null || code != code.intValue()) {
            return replied.status() == LIMITED
                    ? new Reply.Refused<>(CryptoComError.of(CryptoComError.TOO_MANY_REQUESTS), "HTTP status 429")
                    : new Reply.Unknown<>("HTTP status " + replied.status() + " and no readable code", true);
        }
        if (code != 0) {
            return refused(CryptoComError.of(code.intValue()), body, question);
        }
        if (replied.status() >= FIRST_ERROR) {
            return new Reply.Unknown<>("code 0 with HTTP status " + replied.status(), true);
        }
        try {
            return new Reply.Given<>(reader.apply(body.member("result")), askedNanos);
        } catch (Malformed | IllegalArgumentException | ArithmeticException e) {
            return new Reply.Unknown<>("unreadable answer: " + e.getMessage(), true);
        }
    }

    private static <T> Reply<T> refused(CryptoComError error, Json body, Question question) {
        String text = words(body);
        return error.leavesUnknown(question.kind())
                ? new Reply.Unknown<>(error.code() + " " + text, false)
                : new Reply.Refused<>(error, text);
    }

    /** The error that an answer carries, also where it proves nothing; null if there is none. */
    static @Nullable CryptoComError errorOf(OfHttp input) {
        if (input instanceof Replied replied) {
            Json body = parsed(replied.body());
            Long code = body == null ? null : body.optionalInteger("code");
            if (code != null && code != 0 && code == code.intValue()) {
                return CryptoComError.of(code.intValue());
            }
            return code == null && replied.status() == LIMITED
                    ? CryptoComError.of(CryptoComError.TOO_MANY_REQUESTS)
                    : null;
        }
        return null;
    }

    /** As much of the exchange's words as a person reads. */
    static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    static String words(Json body) {
        String text = body.optionalText("message");
        if (text == null) {
            return "no words";
        }
        return cut(text);
    }

    private static @Nullable Json parsed(String text) {
        try {
            Json json = Json.parse(text);
            return json.isObject() ? json : null;
        } catch (Malformed _) {
            return null;
        }
    }
}
