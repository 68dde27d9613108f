package quantum.simulator.spot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.ExchangeListener;
import quantum.simulator.Market;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;

/** The spot exchange beside a simulator: the same customers, keys, time and prices, other accounts and other books. */
public final class SpotExchange implements ExchangeListener {

    private static final BigDecimal START = BigDecimal.valueOf(10_000);
    private static final List<String> START_COINS = List.of("USD", "USDT");

    private final Simulator simulator;
    private final SpotMarkets markets;
    private final SpotIds ids;
    private final SpotMatching matching;
    private final AdvancedOrders advanced;
    private final SplittableRandom chance;
    private final Map<String, SpotAccount> accounts = new LinkedHashMap<>();
    private final List<SpotListener> listeners = new ArrayList<>();

    public SpotExchange(Simulator simulator) {
        this.simulator = simulator;
        ids = new SpotIds(simulator.seed());
        chance = new SplittableRandom(simulator.seed() + 1);
        markets = new SpotMarkets(simulator, this::moved);
        var admission = new SpotAdmission(this);
        matching = new SpotMatching(this, admission);
        advanced = new AdvancedOrders(this, admission, matching);
        simulator.listen(this);
        simulator.keep(new SpotState(this));
    }

    public Simulator simulator() {
        return simulator;
    }

    public SpotMarkets markets() {
        return markets;
    }

    public SpotMatching matching() {
        return matching;
    }

    public AdvancedOrders advanced() {
        return advanced;
    }

    SpotIds ids() {
        return ids;
    }

    /** True for so many of a hundred draws. */
    public boolean draw(long percent) {
        return chance.nextLong(100) < percent;
    }

    /** A number below this one. */
    public long drawBelow(long bound) {
        return chance.nextLong(bound);
    }

    /** The spot side of a customer, opened with the starting coins when it is first asked for. */
    public SpotAccount account(Account owner) {
        return accounts.computeIfAbsent(owner.apiKey(), _ -> open(owner));
    }

    private SpotAccount open(Account owner) {
        var account = new SpotAccount(owner);
        START_COINS.forEach(coin -> account.put(coin, START));
        account.history().remember(simulator.now(), account.balances());
        return account;
    }

    public Collection<SpotAccount> accounts() {
        return Collections.unmodifiableCollection(accounts.values());
    }

    /** Sets what an account has of a coin; seen at once. */
    public void deposit(SpotAccount account, String coin, BigDecimal amount) {
        account.put(coin, amount);
        seen(account);
        changed(account);
    }

    /** Lets an account read its balances as they are now, without delay. */
    void seen(SpotAccount account) {
        account.history().remember(Long.MIN_VALUE, account.balances());
    }

    public void charge(SpotAccount account, SpotFees fees) {
        account.charge(fees);
        simulator.changed();
    }

    /** Sets what one pair costs apart. */
    public void promote(SpotAccount account, SpotMarket market, SpotFees fees) {
        account.promote(market.instrument().symbol(), fees);
        simulator.changed();
    }

    /** What a client reads of its balances: as they were a while ago, or when they were frozen. */
    public List<SpotBalance> balances(SpotAccount account, long furtherDelayNanos) {
        if (!simulator.settings().on(Setting.SPOT_BALANCES_FROZEN)) remember(account);
        long delay = simulator.settings().nanos(Setting.SPOT_BALANCE_DELAY_MILLIS) + furtherDelayNanos;
        return account.history().asOf(simulator.now() - delay);
    }

    void remember(SpotAccount account) {
        if (simulator.settings().on(Setting.SPOT_BALANCES_FROZEN)) return;
        account.history().remember(simulator.now(), account.balances());
    }

    public void listen(SpotListener listener) {
        listeners.add(listener);
    }

    void report(SpotAccount account, SpotOrder order) {
        simulator.changed();
        for (var listener : listeners) listener.orderChanged(account, order);
        changed(account);
        advanced.childChanged(account, order);
    }

    void report(SpotAccount account, SpotTrade trade) {
        simulator.changed();
        for (var listener : listeners) listener.traded(account, trade);
    }

    void report(SpotAccount account, AdvancedOrder order) {
        simulator.changed();
        for (var listener : listeners) listener.advancedChanged(account, order);
    }

    /** Balances are published together, so often as the setting says. */
    private void changed(SpotAccount account) {
        simulator.changed();
        remember(account);
        if (!account.markUnpublished()) return;
        simulator.later(simulator.settings().nanos(Setting.SPOT_BALANCE_PUSH_MILLIS), () -> {
            account.markPublished();
            for (var listener : listeners) listener.balancesChanged(account);
        });
    }

    private void moved(SpotMarket market) {
        for (var listener : listeners) listener.priceMoved(market);
        for (var account : List.copyOf(accounts.values())) {
            matching.priceMoved(account, market);
            advanced.priceMoved(account, market);
        }
    }

    @Override
    public void priceMoved(Market market, boolean urgent) {
        markets.follow(market);
    }

    @Override
    public void reset() {
        accounts.clear();
        markets.reset();
    }

    /** The pair of this name, or null. */
    public @Nullable SpotMarket find(String symbol) {
        return markets.find(symbol);
    }
}
