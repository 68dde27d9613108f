package quantum.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;

/** One customer of the exchange: keys, money, positions, orders and trades. */
public final class Account {

    private final String apiKey;
    private final String secret;
    private final PositionBook positions = new PositionBook();
    private final Map<String, SymbolTerms> terms = new TreeMap<>();
    private final List<Fill> fills = new ArrayList<>();
    private final List<MarginMove> marginMoves = new ArrayList<>();
    private final OrderBook orders = new OrderBook();
    private final AlgoBook algos = new AlgoBook();
    private final SequencedMap<String, BigDecimal> wallets = new LinkedHashMap<>();
    private String feeAsset = "";
    private final List<Income> transfers = new ArrayList<>();
    private FeeRates feeRates = FeeRates.DEFAULT;
    private Rights rights = Rights.ALL;
    private boolean hedged;
    private boolean multiAssets;
    private boolean falling;
    private long updatedAt;

    Account(String apiKey, String secret, BigDecimal wallet, long now) {
        this.apiKey = apiKey;
        this.secret = secret;
        wallets.put(Contract.USDT, wallet);
        this.updatedAt = now;
    }

    public String apiKey() {
        return apiKey;
    }

    public String secret() {
        return secret;
    }

    /** All USDT of the account, isolated wallets included, unrealized profit excluded. */
    public BigDecimal wallet() {
        return wallet(Contract.USDT);
    }

    /** The same of any asset. */
    public BigDecimal wallet(String asset) {
        return wallets.getOrDefault(asset, BigDecimal.ZERO);
    }

    /** The assets it has or had, USDT first. */
    public SequencedSet<String> assets() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(wallets.keySet()));
    }

    /** What fees are paid in instead of the asset of the margin, where there is enough of it; empty for none. */
    public String feeAsset() {
        return feeAsset;
    }

    void payFeesIn(String asset) {
        feeAsset = asset;
    }

    public FeeRates feeRates() {
        return feeRates;
    }

    public long updatedAt() {
        return updatedAt;
    }

    public Rights rights() {
        return rights;
    }

    void permit(Rights chosen) {
        rights = chosen;
    }

    /** True with a long and a short position a symbol, false with one net position. */
    public boolean hedged() {
        return hedged;
    }

    void hedge(boolean chosen) {
        hedged = chosen;
    }

    public boolean multiAssets() {
        return multiAssets;
    }

    void joinAssets(boolean chosen) {
        multiAssets = chosen;
    }

    public PositionBook positions() {
        return positions;
    }

    /** The sides that a symbol's positions have in this account's mode. */
    public List<PositionSide> sides() {
        return hedged ? List.of(PositionSide.LONG, PositionSide.SHORT) : List.of(PositionSide.BOTH);
    }

    /** The positions that are held or that an open order is for, by symbol. */
    public List<Position> active() {
        return active(Long.MAX_VALUE);
    }

    /** The same as it was at an earlier moment; orders count as they are now. */
    public List<Position> active(long moment) {
        var symbols = orders.symbols();
        for (var position : positions.all()) symbols.add(position.symbol());
        var active = new ArrayList<Position>();
        for (var symbol : symbols) {
            for (var side : sides()) {
                var position = positions.of(symbol, side).asOf(moment);
                if (!position.flat() || orders.in(symbol).asksFor(side)) active.add(position);
            }
        }
        return active;
    }

    /** The position that such an order trades in. */
    Position position(NewOrder order) {
        return positions.of(order.symbol(), order.positionSide());
    }

    /** Begins the way to a liquidation; false when it is under way. */
    boolean fall() {
        if (falling) return false;
        falling = true;
        return true;
    }

    void stand() {
        falling = false;
    }

    /** What was paid and received apart from trades, oldest first. */
    public List<Income> transfers() {
        return Collections.unmodifiableList(transfers);
    }

    void record(Income income) {
        transfers.add(income);
    }

    public SymbolTerms terms(String symbol) {
        return terms.getOrDefault(symbol, SymbolTerms.DEFAULT);
    }

    Map<String, SymbolTerms> chosenTerms() {
        return Collections.unmodifiableMap(terms);
    }

    /** Oldest first. */
    public List<Fill> fills() {
        return Collections.unmodifiableList(fills);
    }

    /** Margin that was moved by hand, oldest first. */
    public List<MarginMove> marginMoves() {
        return Collections.unmodifiableList(marginMoves);
    }

    void record(MarginMove move) {
        marginMoves.add(move);
    }

    public OrderBook orders() {
        return orders;
    }

    public AlgoBook algos() {
        return algos;
    }

    void choose(String symbol, SymbolTerms chosen) {
        terms.put(symbol, chosen);
    }

    void charge(FeeRates rates) {
        feeRates = rates;
    }

    void setWallet(String asset, BigDecimal amount, long now) {
        wallets.put(asset, amount);
        updatedAt = now;
    }

    void record(Fill fill) {
        fills.add(fill);
    }
}
