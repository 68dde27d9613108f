package quantum.market;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a symbol stands for, and with it what an exchange can do to a position in it: a {@link Future} borrows, so it has
 * leverage, both directions, funding and a liquidation; a {@link Coin} is paid in full, has none of these, and is protected
 * by a pair of orders that holds it. The desk asks
 * the contract instead of the venue, so that a venue of another kind needs no new branch there.
 *
 * <p>Prices are in the quote asset, and orders are paid from the margin asset. The exchange lists some that are quoted in a
 * coin (ETHBTC), for which a size in USD means nothing.
 */
public sealed interface Contract {

    /** Assets of which one unit is counted as one US dollar; all others are no dollars, however they are called. */
    Set<String> DOLLARS = Set.of("USD", "USDT", "USDC", "FDUSD", "BUSD", "USD1");

    /** A position that is opened with borrowed money; {@code deliveredAt} is absent for one without an end. */
    record Future(
            String quoteAsset, String marginAsset, @Nullable Instant deliveredAt) implements Contract {

        @Override
        public boolean allows(Direction direction) {
            return true;
        }

        @Override
        public int mostLeverage() {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean isBorrowed() {
            return true;
        }

        @Override
        public ProtectionForm protection() {
            return ProtectionForm.FOLLOWING;
        }
    }

    /** A coin that is bought and sold for the quote asset; several of them may be of one asset. */
    record Coin(String asset, String quoteAsset) implements Contract {

        @Override
        public String marginAsset() {
            return quoteAsset;
        }

        @Override
        public @Nullable Instant deliveredAt() {
            return null;
        }

        @Override
        public boolean allows(Direction direction) {
            return direction == Direction.LONG;
        }

        @Override
        public int mostLeverage() {
            return 1;
        }

        @Override
        public boolean isBorrowed() {
            return false;
        }

        @Override
        public ProtectionForm protection() {
            return ProtectionForm.PAIR;
        }
    }

    String quoteAsset();

    /** What an order is paid from; its free amount is what an open is checked against. */
    String marginAsset();

    /** When the exchange ends it by delivery; null if it has no end. */
    @Nullable
    Instant deliveredAt();

    /** Whether a position of this direction can be opened. */
    boolean allows(Direction direction);

    /** What its kind allows; the exchange's bracket and our own limit may be lower. */
    int mostLeverage();

    /** Whether it is held with borrowed money: then funding is paid for it, and the exchange may liquidate it. */
    boolean isBorrowed();

    /** How what protects a position of it rests on the exchange. */
    ProtectionForm protection();

    /** One without an end that is quoted and margined in the same asset. */
    static Contract perpetual(String asset) {
        return new Future(asset, asset, null);
    }

    /** Of a symbol that the exchange does not list: nothing of it is known, and what is held in it may be anything. */
    static Contract unknown() {
        return new Future("", "", null);
    }

    static boolean isDollar(String asset) {
        return DOLLARS.contains(asset);
    }

    /** Whether its prices are in dollars, so that sizes and results are too. */
    default boolean isInDollars() {
        return isDollar(quoteAsset());
    }

    /** Why an order of it can neither be sized nor be margined here; null if it can. */
    default @Nullable String unsupported() {
        if (!isInDollars()) {
            return "it is quoted in " + named(quoteAsset()) + ", in which a size in USD cannot be counted";
        }
        return marginAsset().equals(quoteAsset())
                ? null
                : "it is quoted in " + quoteAsset() + " and takes its margin in " + named(marginAsset());
    }

    private static String named(String asset) {
        return asset.isEmpty() ? "an asset that is not told" : asset;
    }
}
