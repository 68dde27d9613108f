package quantum.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One exchange: the same options, seed, requests and times always give the same ledger. */
public final class Simulator {

    /** The one customer that exists from the start. */
    public static final String API_KEY = "simkey";

    public static final String SECRET = "simsecret";

    private final SimulatorOptions options;
    private final Scheduler scheduler;
    private final Settings settings;
    private final ServerClock clock = new ServerClock();
    private final Ids ids = new Ids();
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final List<ExchangeListener> listeners = new ArrayList<>();
    private final Keys keys = new Keys(this);
    private final Faults faults = new Faults();
    private final RequestLog requests = new RequestLog();
    private final Prices prices;
    private final Matching matching;
    private final Amending amending;
    private final Conditionals conditionals;
    private final Choices choices;
    private final Liquidation liquidation;
    private final Funding funding;
    private final Bank bank;
    private final Markets markets;
    private final SplittableRandom random;
    private final List<KeptPart> parts = new ArrayList<>();
    private JsonNode savedParts = Json.object();
    private long revision;
    private long life;

    private Simulator(SimulatorOptions options, long startNanos) {
        this.options = options;
        scheduler = new Scheduler(startNanos);
        settings = new Settings(options);
        random = new SplittableRandom(options.seed());
        var recorded = options.files().prices();
        var instruments = Instruments.load(options);
        var playback = recorded == null ? null : new Playback(Recording.read(recorded, instruments));
        prices = new Prices(instruments, options, playback, scheduler, this::priceMoved);
        var admission = new Admission(this);
        var clearing = new Clearing(this);
        matching = new Matching(this, admission, clearing);
        amending = new Amending(this, admission);
        conditionals = new Conditionals(this, admission);
        choices = new Choices(this);
        liquidation = new Liquidation(this, clearing);
        funding = new Funding(this, clearing);
        bank = new Bank(this, clearing);
        markets = new Markets(this);
        open(API_KEY, SECRET);
    }

    /** Reads the files the options name, then stands still at this moment until it is advanced. */
    public static Simulator create(SimulatorOptions options, long startNanos) {
        var simulator = new Simulator(options, startNanos);
        var state = options.files().state();
        if (state != null) {
            StateFile.restore(simulator, state);
            simulator.accounts().forEach(simulator::chooseMode);
        }
        simulator.prices.start();
        simulator.funding.start();
        return simulator;
    }

    /** A restored account that holds nothing follows the options; another keeps its mode. */
    private void chooseMode(Account account) {
        boolean holds = !account.positions().held().isEmpty();
        if (!holds && account.orders().open().isEmpty() && account.algos().openCount() == 0) {
            account.hedge(options.hedged());
        }
    }

    /** Opens an account with the starting balance. */
    public Account open(String apiKey, String secret) {
        var account = new Account(apiKey, secret, options.startBalance(), now());
        account.hedge(options.hedged());
        accounts.put(apiKey, account);
        changed();
        return account;
    }

    /** Runs everything due up to this moment. */
    public void advanceTo(long epochNanos) {
        scheduler.advanceTo(epochNanos);
    }

    /** The moment of the next thing to happen by itself. */
    public long nextEventAt() {
        return scheduler.nextAt();
    }

    /** Epoch nanoseconds, without the skew that the server time may show. */
    public long now() {
        return scheduler.now();
    }

    /** What clients are told the time is, in epoch milliseconds. */
    public long serverMillis() {
        return serverMillis(now());
    }

    public long serverMillis(long epochNanos) {
        return clock.millis(epochNanos);
    }

    /** From now on the server's clock shows this much more, and gains so many microseconds a second. */
    public void skew(long offsetMillis, long ppm) {
        settings.set(Setting.CLOCK_OFFSET_MILLIS, offsetMillis);
        clock.skew(now(), offsetMillis, ppm);
    }

    /** The same without a change of what it gains. */
    public void skew(long offsetMillis) {
        skew(offsetMillis, clock.ppm());
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Settings settings() {
        return settings;
    }

    public Prices prices() {
        return prices;
    }

    public Matching matching() {
        return matching;
    }

    public Amending amending() {
        return amending;
    }

    public Conditionals conditionals() {
        return conditionals;
    }

    public Choices choices() {
        return choices;
    }

    public Liquidation liquidation() {
        return liquidation;
    }

    public Funding funding() {
        return funding;
    }

    public Bank bank() {
        return bank;
    }

    public Markets markets() {
        return markets;
    }

    public Keys keys() {
        return keys;
    }

    public Faults faults() {
        return faults;
    }

    public RequestLog requests() {
        return requests;
    }

    public Collection<Account> accounts() {
        return Collections.unmodifiableCollection(accounts.values());
    }

    public @Nullable Account account(String apiKey) {
        return accounts.get(apiKey);
    }

    /** Of what is margined in USDT. */
    public Margins margins(Account account) {
        return margins(account, Contract.USDT);
    }

    public Margins margins(Account account, String asset) {
        return new Margins(account, prices, asset);
    }

    /** Of the asset that a symbol is margined in. */
    Margins marginsOf(Account account, String symbol) {
        return margins(account, prices.asset(symbol));
    }

    /** Listeners hear events in the order in which they were added. */
    public void listen(ExchangeListener listener) {
        listeners.add(listener);
    }

    /** Keeps a part with the state, and gives it what was kept of it before. */
    public void keep(KeptPart part) {
        parts.add(part);
        var saved = savedParts.path(part.name());
        if (saved.isObject()) part.restore(saved);
    }

    void saveParts(JsonNode saved) {
        savedParts = saved;
    }

    /** The kept parts as they are; of one that does not stand beside the exchange this time, as it was. */
    ObjectNode parts() {
        var json = Json.object();
        savedParts.forEachEntry(json::set);
        for (var part : parts) json.set(part.name(), part.snapshot());
        return json;
    }

    /** What chance is drawn from. */
    public long seed() {
        return options.seed();
    }

    /** Grows with every change of an account, an order or a conditional order. */
    public long revision() {
        return revision;
    }

    /** Whether a symbol is unknown because it ended. */
    public boolean forgets(Market market) {
        return market.status().ended() && settings.on(Setting.ENDED_SYMBOLS_UNKNOWN);
    }

    /** A client id for an order that came without one. */
    public String freshClientId() {
        return "sim" + (ids.orders() + 1) + "-" + (ids.algos() + 1);
    }

    /** Empties accounts, orders, faults, settings and the request log; prices, ids and connections stay. */
    public void reset() {
        life++;
        accounts.clear();
        open(API_KEY, SECRET);
        keys.clear();
        faults.clear();
        clock.forget();
        settings.reset(options);
        requests.clear();
        prices.markets().forEach(Market::reset);
        for (var listener : listeners) listener.reset();
        changed();
    }

    /** The state to keep over a restart, as JSON text. */
    public String snapshot() {
        return StateFile.snapshot(this);
    }

    /** Cuts the connections whose path begins like this. */
    public void cut(String path) {
        for (var listener : listeners) listener.cut(path);
    }

    void report(ApiKey key) {
        for (var listener : listeners) listener.keyChanged(key);
    }

    Ids ids() {
        return ids;
    }

    /** Schedules a step of the exchange itself; a reset drops it. */
    public void later(long delayNanos, Runnable work) {
        long scheduledIn = life;
        scheduler.after(delayNanos, () -> {
            if (life == scheduledIn) work.run();
        });
    }

    long drawFillDelay() {
        long shortest = settings.nanos(Setting.FILL_DELAY_SHORTEST_MILLIS);
        long longest = settings.nanos(Setting.FILL_DELAY_LONGEST_MILLIS);
        return longest > shortest ? random.nextLong(shortest, longest + 1) : shortest;
    }

    public void changed() {
        revision++;
    }

    void report(Account account, Order order, Execution execution, @Nullable Fill fill) {
        changed();
        for (var listener : listeners) listener.orderChanged(account, order, execution, fill);
    }

    void report(Account account, AccountChange change) {
        changed();
        for (var listener : listeners) listener.accountChanged(account, change);
    }

    void reportMarginCall(Account account, List<Position> positions) {
        for (var listener : listeners) listener.marginCalled(account, positions);
    }

    void reportAssetMode(Account account) {
        changed();
        for (var listener : listeners) listener.assetModeChanged(account);
    }

    void reportStatus(Market market) {
        changed();
        for (var listener : listeners) listener.statusChanged(market);
    }

    void report(Account account, AlgoOrder algo) {
        changed();
        for (var listener : listeners) listener.algoChanged(account, algo);
    }

    void reportLeverage(Account account, String symbol, int leverage) {
        changed();
        for (var listener : listeners) listener.leverageChanged(account, symbol, leverage);
    }

    private void priceMoved(Market market, boolean urgent) {
        for (var listener : listeners) listener.priceMoved(market, urgent);
        for (var account : accounts.values()) {
            matching.priceMoved(account, market);
            conditionals.priceMoved(account, market);
            liquidation.priceMoved(account, market);
        }
    }
}
