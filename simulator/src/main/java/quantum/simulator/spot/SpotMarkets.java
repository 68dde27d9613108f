package quantum.simulator.spot;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Market;
import quantum.simulator.PriceWalk;
import quantum.simulator.Quote;
import quantum.simulator.Simulator;

/** Moves every pair: with the symbol that it follows where the exchange beside it lists that, else by its own walk. */
public final class SpotMarkets {

    private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(5);

    private final Simulator exchange;
    private final Map<String, SpotMarket> markets = new LinkedHashMap<>();
    private final Consumer<SpotMarket> moved;

    SpotMarkets(Simulator exchange, Consumer<SpotMarket> moved) {
        this.exchange = exchange;
        this.moved = moved;
        for (var instrument : SpotInstruments.table()) {
            var market = new SpotMarket(instrument, exchange.now());
            markets.put(instrument.symbol(), market);
            var followed = followed(market);
            if (followed != null) market.follow(followed.last(), exchange.now());
            else if (!exchange.prices().outside()) walk(market, new PriceWalk(exchange.seed(), instrument.symbol()));
        }
    }

    private @Nullable Market followed(SpotMarket market) {
        var symbol = market.instrument().follows();
        return exchange.prices().lists(symbol) ? exchange.prices().market(symbol) : null;
    }

    private void walk(SpotMarket market, PriceWalk walk) {
        exchange.scheduler().after(walk.pause(), () -> {
            if (!market.held()) {
                market.walkTo(walk.next(market.fine()), exchange.now());
                moved.accept(market);
            }
            walk(market, walk);
        });
    }

    /** Takes a move of a symbol beside. */
    void follow(Market source) {
        for (var market : markets.values()) {
            if (!market.instrument().follows().equals(source.instrument().symbol())) continue;
            if (market.held() || market.quotedWithin(LONGEST_SILENCE, exchange.now())) continue;
            market.follow(source.last(), exchange.now());
            moved.accept(market);
        }
    }

    public Collection<SpotMarket> all() {
        return Collections.unmodifiableCollection(markets.values());
    }

    public @Nullable SpotMarket find(String symbol) {
        return markets.get(symbol);
    }

    /** The market of a pair or a refusal. */
    public SpotMarket market(String symbol) {
        var market = markets.get(symbol);
        if (market == null) throw new SpotRefused(SpotRefusal.UNKNOWN_INSTRUMENT);
        return market;
    }

    /** False while the outside has quoted neither the pair nor what it follows for too long. */
    boolean known(SpotMarket market) {
        if (!exchange.prices().outside()) return true;
        if (market.quotedWithin(LONGEST_SILENCE, exchange.now())) return true;
        var followed = followed(market);
        return followed != null && exchange.prices().known(followed);
    }

    /** Takes what the outside says of pairs; other symbols are passed over. */
    public void quote(Collection<Quote> quotes) {
        for (var quote : quotes) {
            var market = markets.get(quote.symbol());
            if (market == null) continue;
            market.quote(quote, exchange.now());
            rebase(market);
            moved.accept(market);
        }
    }

    /** Sets last, mark and book at once; what the pair follows goes on from there. */
    public void set(SpotMarket market, BigDecimal price) {
        market.move(market.instrument().price(price), exchange.now());
        rebase(market);
        moved.accept(market);
    }

    /** The same with the mark apart, both before anything is triggered. */
    public void set(SpotMarket market, BigDecimal price, BigDecimal mark) {
        market.move(market.instrument().price(price), exchange.now());
        rebase(market);
        market.markAt(mark);
        moved.accept(market);
    }

    /** Takes up a kept price. */
    void resume(SpotMarket market, BigDecimal price) {
        market.move(market.instrument().price(price), exchange.now());
        rebase(market);
    }

    /** Sets the mark apart from the last price, until the next move. */
    public void setMark(SpotMarket market, BigDecimal price) {
        market.markAt(price);
        moved.accept(market);
    }

    /** Freezes or releases a pair's own movement. */
    public void hold(SpotMarket market, boolean held) {
        market.hold(held);
        if (!held) rebase(market);
    }

    private void rebase(SpotMarket market) {
        var followed = followed(market);
        if (followed != null) market.leave(followed.last());
    }

    void reset() {
        for (var market : markets.values()) {
            market.reset();
            rebase(market);
        }
    }
}
