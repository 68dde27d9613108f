package quantum.intent.reading;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import quantum.intent.Intent;
import quantum.intent.Origin;
import quantum.market.Direction;
import quantum.market.Symbol;

/**
 * By what a message is known again. The digest is of the meaning, so that the same wish in two wire forms is the same
 * content; of what could not be understood it is of the fields.
 */
final class Meaning {

    /** Of the envelope; it differs each time the same message is published. */
    private static final Set<String> ENVELOPE = Set.of("eventtype", "source", "correlationid", "traceid");

    private Meaning() {}

    /**
     * The intent with its digest and with the fields that had no effect. Ledgers keep digests of the words below:
     * with other words every message that comes again would be one with other content, and refused as
     * IDENTITY_REUSED.
     */
    static Intent complete(Intent intent, List<String> ignored) {
        String meaning = switch (intent) {
            case Intent.Open open ->
                "open " + open.symbol() + open.side() + open.size() + open.terms()
                        + open.levels().meaning();
            case Intent.Close close ->
                "close " + close.symbol() + close.action() + named(close) + close.fraction() + close.quantity();
            case Intent.Protect protect ->
                "protect " + protect.symbol() + protect.levels().meaning();
        };
        Origin o = intent.origin();
        // Its time belongs to it: the same wish a second later, under the same id, is another one.
        Origin complete = o.with(digest(meaning + o.timestamp() + o.expiresAt()), ignored);
        return switch (intent) {
            case Intent.Open open ->
                new Intent.Open(complete, open.symbol(), open.side(), open.size(), open.terms(), open.levels());
            case Intent.Close close ->
                new Intent.Close(
                        complete,
                        close.symbol(),
                        close.action(),
                        close.direction(),
                        close.fraction(),
                        close.quantity());
            // It is made of an open and has that one's digest.
            case Intent.Protect protect -> protect;
        };
    }

    /** The position that a close names beyond what its action says. */
    private static String named(Intent.Close close) {
        Direction direction = close.direction();
        return close.action() == Intent.Action.CLOSE && direction != null ? direction.name() : "";
    }

    /**
     * By all its fields, because it has no meaning: a second message of the same second that could not be read either
     * once had no ending (I-F17).
     */
    static Origin ofRefused(Origin origin, Symbol symbol, Intent.Action action, List<Given> fields) {
        // In one order and spelling, so that the same message in another form is a repeat.
        Map<String, String> content = new TreeMap<>();
        for (Given field : fields) {
            String key = Spelling.of(field.name());
            if (!ENVELOPE.contains(key)) {
                content.merge(key, Values.canonical(field.value()), (one, other) -> one + " " + other);
            }
        }
        return origin.with(digest("refused " + symbol + action + content), List.of());
    }

    /** 128 bits in hex; compared only under one and the same identity. */
    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
