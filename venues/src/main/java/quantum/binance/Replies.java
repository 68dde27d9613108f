package quantum.binance;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceError.Kind;
import quantum.binance.BinanceInput.Failed;
import quantum.binance.BinanceInput.OfHttp;
import quantum.binance.BinanceInput.Replied;
import quantum.binance.Reply.Refused;
import quantum.binance.Reply.Told;
import quantum.binance.Reply.Unknown;
import quantum.binance.Reply.Unsent;
import quantum.json.Malformed;
import quantum.venue.Answer.Cause;

/** Classifies HTTP outcomes: what is not proven undone is unknown (binance-usdm 8.2). */
final class Replies {

    private static final String NOT_TAKEN = "Service Unavailable.";
    private static final int LONGEST_QUOTE = 200;

    /** The exchange's error body; the whole of it stands in for a text. A gateway's has no code (binance-usdm 8.2). */
    private record ErrorBody(@Nullable Integer code, String text) {}

    private Replies() {}

    static <T> Reply<T> read(OfHttp input, Function<Json, T> reader, long askedNanos) {
        return switch (input) {
            case Failed(var _, boolean unsent, String cause) ->
                unsent ? new Unsent<>(cause) : new Unknown<>(cause, false);
            case Replied(var _, int status, var _, String body) -> {
                if (status / 100 == 2) {
                    yield told(body, reader, askedNanos);
                }
                yield refused(status, errorBody(body));
            }
        };
    }

    private static <T> Reply<T> told(String body, Function<Json, T> reader, long askedNanos) {
        try {
            return new Told<>(reader.apply(Json.parse(body)), askedNanos);
        } catch (Malformed | IllegalArgumentException | ArithmeticException e) {
            return new Unknown<>("unreadable reply: " + e.getMessage(), true);
        }
    }

    private static <T> Reply<T> refused(int status, ErrorBody body) {
        String quoted = "HTTP " + status + ": " + body.text();
        Integer code = body.code();
        if (status == 408) {
            return new Unknown<>(quoted, false);
        }
        if (status >= 500) {
            return serverError(status, body, quoted);
        }
        if (status == 403 || status == 418 || status == 429) {
            return new Refused<>(BinanceError.ofLimit(status, body.text(), code == null ? status : code), body.text());
        }
        if (status < 400 || code == null) {
            return new Unknown<>(quoted, true);
        }
        BinanceError error = BinanceError.of(code);
        return error.leavesUnknown()
                ? new Unknown<>(code + " " + body.text(), false)
                : new Refused<>(error, body.text());
    }

    /** Of all 5xx only three texts prove that nothing was done (binance-usdm 8.2). */
    private static <T> Reply<T> serverError(int status, ErrorBody body, String quoted) {
        Integer code = body.code();
        if (code != null && BinanceError.of(code).kind() == Kind.RETRY_SAFE) {
            return new Refused<>(BinanceError.of(code), body.text());
        }
        if (status == 503 && body.text().equals(NOT_TAKEN)) {
            return new Refused<>(
                    new BinanceError(code == null ? status : code, Kind.RETRY_SAFE, Cause.BUSY), body.text());
        }
        return new Unknown<>(quoted, code == null || !BinanceError.isListed(code));
    }

    private static ErrorBody errorBody(String body) {
        try {
            Json json = Json.parse(body);
            String text = json.optionalText("msg");
            Integer code = json.has("code") ? Math.toIntExact(json.integer("code")) : null;
            return new ErrorBody(code, quote(text == null ? body : text));
        } catch (Malformed | ArithmeticException _) {
            return new ErrorBody(null, quote(body));
        }
    }

    private static String quote(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
    }
}
