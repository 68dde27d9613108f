package quantum.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One customer of the exchange: keys, money, positions, orders and trades. */
public final class Account {

    private final String apiKey;
    private final String secret;
    private final Map<String, Position> positions = new TreeMap<>();
    private final Map<String, SymbolTerms> terms = new TreeMap<>();
    private final List<Fill> fills = new ArrayList<>();
    private final OrderBook orders = new OrderBook();
    private final AlgoBook algos = new AlgoBook();
    private BigDecimal wallet;
    private FeeRates feeRates = FeeRates.DEFAULT;
    private long updatedAt;

    Account(String apiKey, String secret, BigDecimal wallet, long now) {
        this.apiKey = apiKey;
        this.secret = secret;
        this.wallet = wallet;
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
        return wallet;
    }

    public BigDecimal crossWallet() {
        return positions.values().stream().map(Position::isolatedWallet).reduce(wallet, BigDecimal::subtract);
    }

    public FeeRates feeRates() {
        return feeRates;
    }

    public long updatedAt() {
        return updatedAt;
    }

    /** Every symbol ever traded, in order of the alphabet. */
    public Collection<Position> positions() {
        return Collections.unmodifiableCollection(positions.values());
    }

    public Position position(String symbol) {
        return positions.computeIfAbsent(symbol, Position::new);
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

    void setWallet(BigDecimal amount, long now) {
        wallet = amount;
        updatedAt = now;
    }

    void record(Fill fill) {
        fills.add(fill);
    }
}
