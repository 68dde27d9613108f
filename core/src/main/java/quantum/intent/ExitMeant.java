package quantum.intent;

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
 * What a message that can have no report may have been meant to close. Nothing is done by it, so that a hint is enough:
 * while something in such a symbol is held, a person must know.
 */
public final class ExitMeant {

    private static final int MOST_SYMBOLS = 8;
    private static final Set<String> SYMBOLS = spellings(Ticker.NAMES);
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

    /** A word, a flag or a hint says it; a flag that nobody can read may have said so. */
    static boolean isExit(Fields f) {
        return texts(f, WORDS).map(Wish::of).anyMatch(wish -> wish != null && wish.closes()) || isSigned(f);
    }

    private static boolean isSigned(Fields f) {
        Wish wish = wish(f);
        try {
            if (ExitSigns.of(f, wish).closes()) {
                return true;
            }
            if (wish.action() == null) {
                return ExitWords.in(f.all()) != null;
            }
            ExitSigns.requireNone(f, wish, positionSide(f));
            return false;
        } catch (ExitSigns.Unmarked | BadField _) {
            return true;
        }
    }

    private static @Nullable Direction positionSide(Fields f) {
        try {
            return PositionSide.of(f);
        } catch (BadField _) {
            return null;
        }
    }

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
