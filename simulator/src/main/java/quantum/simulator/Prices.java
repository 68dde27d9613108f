package quantum.simulator;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import quantum.simulator.SimulatorOptions.PriceSource;

/** Moves every market: along the recorded bars where there are some, else by its walk. */
public final class Prices {

    private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(5);
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final Map<String, Market> markets = new LinkedHashMap<>();
    private final Map<String, PriceWalk> walks = new HashMap<>();
    private final Map<String, String> listedLike = new LinkedHashMap<>();
    private final Scheduler scheduler;
    private final @Nullable Playback playback;
    private final PriceSource source;
    private final int speed;
    private final long seed;
    private final BiConsumer<Market, Boolean> moved;
    private boolean started;

    Prices(
            Collection<Instrument> instruments,
            SimulatorOptions options,
            @Nullable Playback playback,
            Scheduler scheduler,
            BiConsumer<Market, Boolean> moved) {
        this.scheduler = scheduler;
        this.playback = playback;
        this.source = options.priceSource();
        this.speed = options.speed();
        this.seed = options.seed();
        this.moved = moved;
        for (var instrument : instruments) add(instrument);
        Instruments.statuses(options).forEach((symbol, word) -> {
            var market = markets.get(symbol);
            if (market != null) market.list(word);
        });
    }

    private Market add(Instrument instrument) {
        var symbol = instrument.symbol();
        var start = playback != null && playback.recording().symbol().equals(symbol)
                ? instrument.price().round(playback.first())
                : instrument.startPrice();
        var market = new Market(instrument, start, scheduler.now());
        markets.put(symbol, market);
        walks.put(symbol, new PriceWalk(seed, symbol));
        return market;
    }

    /** Lists one more symbol with the rules of another; its price begins where the other began. */
    public Market list(String symbol, Market like) {
        var market = add(like.instrument().named(symbol));
        listedLike.put(symbol, like.instrument().symbol());
        if (started && source == PriceSource.WALK) schedule(market);
        return market;
    }

    /** The symbols that were listed while the exchange ran, each with the one it is like. */
    Map<String, String> listedLike() {
        return Collections.unmodifiableMap(listedLike);
    }

    void start() {
        started = true;
        if (source == PriceSource.WALK) for (var market : markets.values()) schedule(market);
    }

    public Collection<Market> markets() {
        return Collections.unmodifiableCollection(markets.values());
    }

    /** The assets that contracts are margined in, USDT first. */
    public SequencedSet<String> assets() {
        var assets = new LinkedHashSet<String>();
        assets.add(Contract.USDT);
        markets.values()
                .forEach(market -> assets.add(market.instrument().contract().marginAsset()));
        return assets;
    }

    /** What the margin of a symbol's positions is held in. */
    public String asset(String symbol) {
        return market(symbol).instrument().contract().marginAsset();
    }

    public boolean lists(String symbol) {
        return markets.containsKey(symbol);
    }

    public Market market(String symbol) {
        var market = markets.get(symbol);
        if (market == null) throw new Refused(Refusal.UNKNOWN_SYMBOL);
        return market;
    }

    /** The market of a symbol whose price is known now. */
    public Market quoted(String symbol) {
        var market = market(symbol);
        if (!known(market)) throw new Refused(Refusal.PRICE_UNKNOWN);
        return market;
    }

    /** True when prices come from outside alone. */
    public boolean outside() {
        return source == PriceSource.OUTSIDE;
    }

    /** Takes what the outside says; symbols that are not listed here are passed over. */
    public void quote(Collection<Quote> quotes) {
        for (var quote : quotes) {
            var market = markets.get(quote.symbol());
            if (market != null) {
                market.quote(quote, scheduler.now());
                moved.accept(market, false);
            }
        }
    }

    /** False while the outside has not told a price for too long, or never did. */
    public boolean known(Market market) {
        return source == PriceSource.WALK || market.quotedWithin(LONGEST_SILENCE, scheduler.now());
    }

    /** Sets last, mark and book at once; the walk goes on from there. */
    public void set(Market market, BigDecimal price) {
        market.move(market.instrument().price().round(price), scheduler.now());
        moved.accept(market, true);
    }

    /** The same with the mark apart, both before anything is triggered. */
    public void set(Market market, BigDecimal price, BigDecimal mark) {
        market.move(market.instrument().price().round(price), scheduler.now());
        market.markAt(mark);
        moved.accept(market, true);
    }

    /** Sets the mark price apart from the last price, until the next move. */
    public void setMark(Market market, BigDecimal price) {
        market.markAt(price);
        moved.accept(market, true);
    }

    /** Freezes or releases a market's own movement. */
    public void hold(Market market, boolean held) {
        market.hold(held);
    }

    /** What is played of one symbol, if a file was given. */
    public @Nullable Recording recording() {
        return playback == null ? null : playback.recording();
    }

    /** The same in one line, for who started it; empty without a file. */
    public String recorded() {
        return playback == null ? "" : playback.recording().describe(speed);
    }

    /** How many bars were begun. */
    public int barsPlayed() {
        return Math.ceilDiv(playbackPosition(), Playback.POINTS_PER_BAR);
    }

    int playbackPosition() {
        return playback == null ? 0 : playback.position();
    }

    void resume(String symbol, BigDecimal price, int playbackPosition) {
        var market = markets.get(symbol);
        if (market == null) return;
        if (playback != null && playback.plays(market)) playback.resumeAt(playbackPosition);
        market.move(market.instrument().price().round(price), scheduler.now());
    }

    private void schedule(Market market) {
        var pause = playback != null && playback.plays(market)
                ? TimeUnit.MILLISECONDS.toNanos(playback.recording().interval()) / Playback.POINTS_PER_BAR
                : walk(market).pause();
        scheduler.after(Math.max(SHORTEST_PAUSE, pause / speed), () -> step(market));
    }

    private void step(Market market) {
        if (!market.held()) {
            var recorded = playback != null && playback.plays(market) ? playback.next() : null;
            if (recorded != null) market.move(market.instrument().price().round(recorded), scheduler.now());
            else market.walkTo(bounded(market, walk(market).next(market.fine())), scheduler.now());
            moved.accept(market, false);
        }
        schedule(market);
    }

    private static BigDecimal bounded(Market market, BigDecimal price) {
        var rule = market.instrument().price();
        var bounded = price.max(rule.minimum()).max(rule.tick());
        return rule.maximum().signum() > 0 ? bounded.min(rule.maximum()) : bounded;
    }

    private PriceWalk walk(Market market) {
        var walk = walks.get(market.instrument().symbol());
        if (walk == null)
            throw new IllegalStateException("no walk for " + market.instrument().symbol());
        return walk;
    }
}
