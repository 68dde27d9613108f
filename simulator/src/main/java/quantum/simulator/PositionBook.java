package quantum.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The positions of one account: one a symbol, or in hedge mode a long and a short one. */
public final class PositionBook {

    private final Map<String, Map<PositionSide, Position>> bySymbol = new TreeMap<>();
    private final Set<Position> held = new LinkedHashSet<>();

    /** The position to trade in; a flat one, which is not kept before its first trade, when there was none. */
    public Position of(String symbol, PositionSide side) {
        var sides = bySymbol.get(symbol);
        var known = sides == null ? null : sides.get(side);
        return known == null ? new Position(symbol, side) : known;
    }

    /** Every position ever traded, by the alphabet of the symbols; a copy. */
    public List<Position> all() {
        return bySymbol.values().stream()
                .flatMap(sides -> sides.values().stream())
                .toList();
    }

    /** Those of one symbol, flat ones included; a copy. */
    public List<Position> in(String symbol) {
        var sides = bySymbol.get(symbol);
        return sides == null ? List.of() : List.copyOf(sides.values());
    }

    /** Those that are not flat, the earliest opened first; a copy. */
    public List<Position> held() {
        return new ArrayList<>(held);
    }

    boolean flat(String symbol) {
        var sides = bySymbol.get(symbol);
        return sides == null || sides.values().stream().allMatch(Position::flat);
    }

    void refresh(Position position) {
        bySymbol.computeIfAbsent(position.symbol(), _ -> new EnumMap<>(PositionSide.class))
                .put(position.side(), position);
        if (position.flat()) held.remove(position);
        else held.add(position);
    }
}
