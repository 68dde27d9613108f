package quantum.binance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.market.Balance;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.position.PositionMode;

/** Replies about the account and its positions (binance-usdm 7). */
final class AccountReplies {

    /** What accountConfig says of the account's rights and modes; a right that it does not tell is none. */
    record Modes(boolean canTrade, boolean canWithdraw, PositionMode positions, boolean multiAssets) {}

    /** How one symbol is set up; the most that may be held at this leverage is null where it is not told. */
    record SymbolConfig(
            Symbol symbol,
            boolean isolated,
            int leverage,
            @Nullable BigDecimal most) {}

    /** One row of positionRisk v3, which does not tell the leverage. */
    record Row(
            Symbol symbol,
            Direction direction,
            Quantity quantity,
            Price entryPrice,
            Price mark,
            @Nullable Price liquidation) {}

    private AccountReplies() {}

    static Modes modes(Json json) {
        return new Modes(
                json.flag("canTrade"),
                isTold(json, "canWithdraw"),
                json.flag("dualSidePosition") ? PositionMode.HEDGE : PositionMode.ONE_WAY,
                isTold(json, "multiAssetsMargin"));
    }

    private static boolean isTold(Json json, String name) {
        return json.has(name) && json.flag(name);
    }

    static List<SymbolConfig> symbolConfigs(Json json) {
        return json.elements().stream().map(AccountReplies::symbolConfig).toList();
    }

    private static SymbolConfig symbolConfig(Json json) {
        return new SymbolConfig(
                json.symbol("symbol"),
                json.text("marginType").equals("ISOLATED"),
                Math.toIntExact(json.integer("leverage")),
                json.optionalDecimal("maxNotionalValue"));
    }

    /** True if a list of one symbol's positions shows none, on any side. */
    static boolean isFlat(Json json) {
        return json.elements().stream()
                .allMatch(row -> row.decimal("positionAmt").signum() == 0);
    }

    /** Each asset's own figures; the totals of the account mix what cannot stand for each other. */
    static List<Balance> balances(Json json) {
        return json.list("assets").stream()
                .map(asset -> new Balance(
                        asset.text("asset"), asset.decimal("walletBalance"), asset.decimal("availableBalance")))
                .toList();
    }

    /** Rows with a position; the exchange also lists symbols with orders alone. */
    static List<Row> positions(Json json, PositionMode mode) {
        List<Row> rows = new ArrayList<>();
        for (Json row : json.elements()) {
            BigDecimal amount = row.decimal("positionAmt");
            if (amount.signum() != 0) {
                rows.add(position(row, amount, mode));
            }
        }
        return List.copyOf(rows);
    }

    /** By the sign of the amount in one-way mode; named in hedge mode, where an amount may be told without a sign. */
    private static Direction direction(Json row, BigDecimal amount, PositionMode mode) {
        Direction named = row.position("positionSide");
        if ((named == null) != (mode == PositionMode.ONE_WAY)) {
            throw new Malformed("a position of another position mode than the account was in");
        }
        return named == null ? amount.signum() > 0 ? Direction.LONG : Direction.SHORT : named;
    }

    private static Row position(Json row, BigDecimal amount, PositionMode mode) {
        return new Row(
                row.symbol("symbol"),
                direction(row, amount, mode),
                new Quantity(amount.abs()),
                row.price("entryPrice"),
                row.price("markPrice"),
                row.optionalPrice("liquidationPrice"));
    }
}
