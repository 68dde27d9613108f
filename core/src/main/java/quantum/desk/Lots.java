package quantum.desk;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.book.Markets;
import quantum.book.ToldAmounts;
import quantum.market.Balance;
import quantum.market.Contract;
import quantum.market.Instrument;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.venue.VenueEvent.Held;
import quantum.venue.VenueEvent.HoldingsRead;

/**
 * Coins as positions. An account shows one sum for each asset; what our own orders bought of it are the positions that are
 * known here, and all else is somebody's savings, never adopted, protected or sold.
 *
 * <p>Where the sum is too small for all positions of an asset, somebody sold coins, or an order of ours did and the word of
 * it is on its way. Which position lacks them that word or their trades say: at first none is shown, so that all are in
 * doubt and asked about. Those that are left when the absence has lasted share what the others leave, the oldest first.
 * While an order of ours moves one of them the sum says nothing of any: what is missing may be its own.
 */
final class Lots {

    private final Books books;
    private final HoldingsRead read;
    private final List<Held> held = new ArrayList<>();
    private final Set<Symbol> silent = new HashSet<>();

    private Lots(Books books, HoldingsRead read) {
        this.books = books;
        this.read = read;
    }

    /** What a reading shows of the positions that are known; it says nothing of those whose symbols are silent. */
    record Shown(List<Held> held, Set<Symbol> silent) {}

    static Shown shown(Books books, HoldingsRead read) {
        return new Lots(books, read).shown();
    }

    private Shown shown() {
        Map<String, BigDecimal> there = new HashMap<>();
        for (Balance coin : read.coins()) {
            there.merge(coin.asset(), coin.wallet(), BigDecimal::add);
        }
        byAsset().forEach((asset, lots) -> share(lots, there.getOrDefault(asset, BigDecimal.ZERO)));
        return new Shown(held, silent);
    }

    /** The oldest first. */
    private Map<String, List<LivePosition>> byAsset() {
        Map<String, List<LivePosition>> lots = new LinkedHashMap<>();
        books.positions().all().stream()
                .sorted(Comparator.comparing(
                        (LivePosition position) -> position.birth().openedAt()))
                .forEach(position -> {
                    Instrument instrument = books.markets().instrument(position.symbol());
                    if (instrument != null && instrument.contract() instanceof Contract.Coin coin) {
                        lots.computeIfAbsent(coin.asset(), _ -> new ArrayList<>())
                                .add(position);
                    }
                });
        return lots;
    }

    private void share(List<LivePosition> lots, BigDecimal there) {
        BigDecimal known = sum(lots);
        boolean isShort = there.compareTo(known) < 0;
        if (isShort && lots.stream().anyMatch(this::isMoving)) {
            lots.forEach(position -> {
                silent.add(position.symbol());
                held.add(held(position, new Quantity(position.quantity())));
            });
            return;
        }
        // Of those that are not in doubt for long nothing is missing yet.
        List<LivePosition> sharing =
                isShort ? lots.stream().filter(this::isLacking).toList() : lots;
        BigDecimal left = there.subtract(known.subtract(sum(sharing))).max(BigDecimal.ZERO);
        for (LivePosition position : sharing) {
            BigDecimal part = position.quantity().min(left);
            left = left.subtract(part);
            if (part.signum() > 0) {
                held.add(held(position, new Quantity(part)));
            }
        }
    }

    /** The sum may be older than what is known of it, or newer than the word of an order. */
    private boolean isMoving(LivePosition position) {
        return books.isMoving(books.positions().place(position.symbol(), position.direction()))
                || read.askedNanos() - position.touchedNanos() < ToldAmounts.LAG.toNanos();
    }

    private static BigDecimal sum(List<LivePosition> lots) {
        return lots.stream().map(LivePosition::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** For so long that another reading without it is believed. */
    private boolean isLacking(LivePosition position) {
        Long since = position.doubtedSince();
        return since != null
                && read.askedNanos() - since
                        >= books.rules().reading().absence().toNanos();
    }

    private Held held(LivePosition position, Quantity quantity) {
        Markets.Mark mark = books.markets().mark(position.symbol());
        return new Held(
                position.symbol(),
                position.direction(),
                quantity,
                position.entryPrice(),
                mark == null ? position.entryPrice() : mark.price(),
                null,
                1);
    }
}
