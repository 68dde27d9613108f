package quantum.simulator;

/**
 * What kind of contract a symbol is, as the exchange names it, and what it is quoted and margined in. The dates are in
 * epoch milliseconds; a perpetual one is delivered in a hundred years.
 */
public record Contract(
        String type,
        String pair,
        String quoteAsset,
        String marginAsset,
        long deliveryDate,
        long onboardDate,
        String underlyingType) {

    /** The asset of accounts and contracts that name no other. */
    public static final String USDT = "USDT";

    private static final long NEVER = 4_133_404_800_000L;
    private static final long LONG_AGO = 1_569_398_400_000L;

    static Contract perpetual(String symbol) {
        return new Contract("PERPETUAL", symbol, USDT, USDT, NEVER, LONG_AGO, "COIN");
    }

    /** The same contract of another symbol. */
    Contract named(String symbol) {
        return new Contract(type, symbol, quoteAsset, marginAsset, deliveryDate, onboardDate, underlyingType);
    }
}
