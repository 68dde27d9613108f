package quantum.binance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quantum.json.Malformed;
import quantum.market.Balance;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.position.PositionMode;
import quantum.venue.VenueEvent.Unclear;

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

    /** Those that can be read; what cannot is named and hides no other. */
    static List<SymbolConfig> symbolConfigs(Json json, Odd odd) {
        List<SymbolConfig> configs = new ArrayList<>();
        for (Json each : json.elements()) {
            try {
                configs.add(symbolConfig(each));
            } catch (Malformed | IllegalArgumentException | ArithmeticException e) {
                odd.tell("symbolConfig of " + each.words("symbol"), String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(configs);
    }

    private static SymbolConfig symbolConfig(Json json) {
        return new SymbolConfig(
                json.symbol("symbol"),
                json.text("marginType").equals("ISOLATED"),
                json.decimal("leverage").intValueExact(),
                json.optionalDecimal("maxNotionalValue"));
    }

    /** True if a list of one symbol's positions shows none, on any side. */
    static boolean isFlat(Json json) {
        return json.elements().stream()
                .allMatch(row -> row.decimal("positionAmt").signum() == 0);
    }

    /** Each asset's own figures; the totals of the account mix what cannot stand for each other. */
    static List<Balance> balances(Json json, Odd odd) {
        List<Balance> balances = new ArrayList<>();
        for (Json asset : json.list("assets")) {
            try {
                balances.add(new Balance(
                        asset.text("asset"), asset.decimal("walletBalance"), asset.decimal("availableBalance")));
            } catch (Malformed | IllegalArgumentException e) {
                odd.tell("balance of " + asset.words("asset"), String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(balances);
    }

    /** What positionRisk shows: one row that is not clear hides no other. */
    record Positions(List<Row> rows, List<Unclear> unclear) {}

    /**
     * Rows with a position; the exchange also lists symbols with orders alone. A price that a row does not tell is
     * stood in for by the other one, or by the last mark that was told.
     */
    static Positions positions(Json json, PositionMode mode, Function<Symbol, @Nullable Price> lastMark, Odd odd) {
        List<Row> rows = new ArrayList<>();
        List<Unclear> unclear = new ArrayList<>();
        for (Json row : json.elements()) {
            try {
                BigDecimal amount = row.decimal("positionAmt");
                if (amount.signum() != 0) {
                    rows.add(position(row, amount, mode, lastMark, odd));
                }
            } catch (Malformed | IllegalArgumentException e) {
                unclear.add(new Unclear(
                        row.words("symbol"),
                        row.words("positionSide"),
                        row.words("positionAmt"),
                        row.words("entryPrice"),
                        String.valueOf(e.getMessage())));
            }
        }
        return new Positions(List.copyOf(rows), List.copyOf(unclear));
    }

    /** By the sign of the amount in one-way mode; named in hedge mode, where an amount may be told without a sign. */
    private static Direction direction(Json row, BigDecimal amount, PositionMode mode) {
        Direction named = row.position("positionSide");
        if ((named == null) != (mode == PositionMode.ONE_WAY)) {
            throw new Malformed("it is of another position mode than the account was in when the service started");
        }
        return named == null ? amount.signum() > 0 ? Direction.LONG : Direction.SHORT : named;
    }

    private static Row position(
            Json row, BigDecimal amount, PositionMode mode, Function<Symbol, @Nullable Price> lastMark, Odd odd) {
        Symbol symbol = row.symbol("symbol");
        Price entry = told(row, "entryPrice", symbol, odd);
        Price mark = told(row, "markPrice", symbol, odd);
        Price last = mark == null ? lastMark.apply(symbol) : mark;
        Price known = entry == null ? last : entry;
        if (known == null) {
            throw new Malformed("neither its entry price nor a mark is known");
        }
        return new Row(
                symbol,
                direction(row, amount, mode),
                new Quantity(amount.abs()),
                known,
                last == null ? known : last,
                row.readablePrice("liquidationPrice"));
    }

    private static @Nullable Price told(Json row, String name, Symbol symbol, Odd odd) {
        Price price = row.readablePrice(name);
        if (price == null) {
            odd.tell(name + " of the position in " + symbol, "it is " + row.words(name));
        }
        return price;
    }
}
