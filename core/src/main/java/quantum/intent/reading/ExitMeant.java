package quantum.intent.reading;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;
import quantum.market.Symbol;

/**
 * What a message that can have no report may have been meant to close. Nothing is done by it, so that a hint is
 * enough: while something in such a symbol is held, a person must know. Such an exit was once lost with a warning in
 * the log alone, and its position stayed (C-3).
 */
public final class ExitMeant {

    /** One message may hold a thousand fields, and must not raise a thousand alerts. */
    private static final int MOST_SYMBOLS = 8;
    /** Where a symbol may stand, by {@link Spelling}. */
    private static final Set<String> SYMBOLS = spellings(Ticker.NAMES);
    /** Where a word of exit may stand. */
    private static final Set<String> WORDS = spellings(Wish.ACTION, Wish.SIDE);

    private ExitMeant() {}

    /** The symbols that are named in fields that say or hint at an exit; none where they do not. */
    public static List<Symbol> of(Map<String, ?> fields) {
        return of(new Fields(fields));
    }

    static List<Symbol> of(Fields f) {
        List<Symbol> symbols = texts(f, SYMBOLS)
                .map(Ticker::read)
                .filter(Objects::nonNull)
                .distinct()
                .limit(MOST_SYMBOLS)
                .toList();
        return symbols.isEmpty() || !isExit(f) ? List.of() : symbols;
    }

    /**
     * A word, a flag or a hint says it; a flag that nobody can read may have said so. Here a false alarm costs a
     * look, and a missed one an open position.
     */
    static boolean isExit(Fields f) {
        return texts(f, WORDS).map(Wish::of).anyMatch(wish -> wish != null && wish.closes()) || isSigned(f);
    }

    /** The questions that a readable message is asked. Whatever would keep it from opening counts as an exit. */
    private static boolean isSigned(Fields f) {
        Wish wish = wish(f);
        try {
            if (ExitSigns.of(f, wish).closes()) {
                return true;
            }
            // Without a side no position side makes it an exit, so that only its words can.
            if (wish.action() == null) {
                return ExitWords.in(f.all()) != null;
            }
            // It returns where nothing hints at an exit: then the message was meant to open.
            ExitSigns.requireNone(f, wish, positionSide(f));
            return false;
        } catch (ExitSigns.Unmarked | BadField _) {
            return true;
        }
    }

    /** Null where it cannot be read, too: a side that is none is no hint. */
    private static @Nullable Direction positionSide(Fields f) {
        try {
            return PositionSide.of(f);
        } catch (BadField _) {
            return null;
        }
    }

    /** NONE where the words contradict each other: then flags and texts decide. */
    private static Wish wish(Fields f) {
        try {
            return Wish.of(f);
        } catch (BadField _) {
            return Wish.NONE;
        }
    }

    private static Stream<String> texts(Fields f, Set<String> spellings) {
        return f.all().stream()
                .filter(field -> spellings.contains(Spelling.of(field.name())))
                .flatMap(field -> texts(field.value()));
    }

    /** All texts of a field that stands twice or holds a list: any of them may be the one that was meant (J-8). */
    private static Stream<String> texts(@Nullable Object value) {
        return switch (value) {
            case String text -> Stream.of(text);
            case Twice twice -> twice.values().stream();
            case List<?> list -> list.stream().filter(String.class::isInstance).map(String.class::cast);
            case null, default -> Stream.empty();
        };
    }

    private static Set<String> spellings(String[]... names) {
        return Arrays.stream(names).flatMap(Arrays::stream).map(Spelling::of).collect(Collectors.toUnmodifiableSet());
    }
}
