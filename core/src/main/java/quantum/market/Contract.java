package quantum.market;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a contract is counted in, and when it ends: prices are in the quote asset, and margin is taken in the margin asset.
 * The exchange lists some that are quoted in a coin (ETHBTC), for which a size in USD means nothing.
 */
public record Contract(
        String quoteAsset, String marginAsset, @Nullable Instant deliveredAt) {

    /** Assets of which one unit is counted as one US dollar; all others are no dollars, however they are called. */
    private static final Set<String> DOLLARS = Set.of("USD", "USDT", "USDC", "FDUSD", "BUSD", "USD1");

    /** Of a symbol that the exchange does not list. */
    public static final Contract UNKNOWN = new Contract("", "", null);

    /** One without an end that is quoted and margined in the same asset. */
    public static Contract perpetual(String asset) {
        return new Contract(asset, asset, null);
    }

    public static boolean isDollar(String asset) {
        return DOLLARS.contains(asset);
    }

    /** Whether its prices are in dollars, so that sizes and results are too. */
    public boolean isInDollars() {
        return isDollar(quoteAsset);
    }

    /** Why an order of it can neither be sized nor be margined here; null if it can. */
    public @Nullable String unsupported() {
        if (!isInDollars()) {
            return "it is quoted in " + named(quoteAsset) + ", in which a size in USD cannot be counted";
        }
        return marginAsset.equals(quoteAsset)
                ? null
                : "it is quoted in " + quoteAsset + " and takes its margin in " + named(marginAsset);
    }

    private static String named(String asset) {
        return asset.isEmpty() ? "an asset that is not told" : asset;
    }
}
