package quantum.book;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;
import quantum.market.Symbol;
import quantum.position.PositionMode;

/** The lives of what is held, by place: one a symbol in one-way mode, one a symbol and direction in hedge mode. */
public final class Positions {

    /** Where at most one position can be; the direction is absent in one-way mode, where either can be there. */
    public record Place(Symbol symbol, @Nullable Direction direction) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparing(Place::symbol)
                .thenComparing(Place::direction, Comparator.nullsFirst(Comparator.naturalOrder()));

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private final PositionMode mode;
    // Sorted, so that every process goes through them in one order and the same events have the same effects.
    private final Map<Place, LivePosition> positions = new TreeMap<>();
    /** The same by symbol: what each price is looked up in. */
    private final Map<Symbol, List<LivePosition>> bySymbol = new HashMap<>();
    /** When something was last held in a place and then no more: an older reading of the positions is no news. */
    private final Map<Place, Long> flatSinceNanos = new TreeMap<>();
    /** When a position of each direction last ended there. */
    private final Map<Place, Map<Direction, Long>> endedNanos = new TreeMap<>();

    public Positions(PositionMode mode) {
        this.mode = mode;
    }

    public PositionMode mode() {
        return mode;
    }

    /** Where a position of this direction is, or would be. */
    public Place place(Symbol symbol, Direction direction) {
        return new Place(symbol, mode == PositionMode.ONE_WAY ? null : direction);
    }

    @Nullable
    public LivePosition at(Place place) {
        return positions.get(place);
    }

    /** What is held where a position of this direction would be: in one-way mode perhaps one of the other. */
    @Nullable
    public LivePosition at(Symbol symbol, Direction direction) {
        return at(place(symbol, direction));
    }

    /** All that is held in a symbol: at most one in one-way mode, at most two in hedge mode. */
    public List<LivePosition> in(Symbol symbol) {
        return bySymbol.getOrDefault(symbol, List.of());
    }

    /** In one-way mode both directions name one place. */
    private void index(Symbol symbol) {
        List<LivePosition> present = Stream.of(Direction.values())
                .map(direction -> at(symbol, direction))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (present.isEmpty()) {
            bySymbol.remove(symbol);
        } else {
            bySymbol.put(symbol, present);
        }
    }

    public Collection<LivePosition> all() {
        return positions.values();
    }

    public int size() {
        return positions.size();
    }

    /** The places where something is held. */
    public Collection<Place> places() {
        return positions.keySet();
    }

    /** Also one that goes on after an end: what was flat there is forgotten. */
    public void put(LivePosition position) {
        Place place = place(position.symbol(), position.direction());
        positions.put(place, position);
        index(position.symbol());
        flatSinceNanos.remove(place);
    }

    /** Nothing is held in the place of this position any more. The times outlive it, against lists that lag. */
    public void remove(LivePosition position, long nanos) {
        Place place = place(position.symbol(), position.direction());
        positions.remove(place);
        index(position.symbol());
        flatSinceNanos.put(place, nanos);
        endedNanos.computeIfAbsent(place, _ -> new EnumMap<>(Direction.class)).put(position.direction(), nanos);
    }

    /** True if nothing is held there since a time that is not before this one. */
    public boolean isFlatSince(Place place, long nanos) {
        Long since = flatSinceNanos.get(place);
        return since != null && since - nanos >= 0;
    }

    /** True if a position of this direction ended there at a time that is not before this one. */
    public boolean hasEndedSince(Place place, Direction direction, long nanos) {
        Long since = endedNanos.getOrDefault(place, Map.of()).get(direction);
        return since != null && since - nanos >= 0;
    }

    /**
     * Another position took the place of the one that ended there. The list that showed it is older than the end of the
     * one before, and true all the same.
     */
    public void replaced(Place place) {
        flatSinceNanos.remove(place);
    }

    /** A reading by place. In one-way mode the exchange shows one row a symbol. */
    public <T> Map<Place, T> byPlace(List<T> things, Function<T, Symbol> symbol, Function<T, Direction> direction) {
        Map<Place, T> found = new TreeMap<>();
        things.forEach(thing -> found.put(place(symbol.apply(thing), direction.apply(thing)), thing));
        return found;
    }
}
