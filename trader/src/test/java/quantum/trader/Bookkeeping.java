package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.trader.Exchange.decimal;
import static quantum.trader.Exchange.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import tools.jackson.databind.JsonNode;

/** What the exchange's own books say of one position from its first trade to its last; it was the only one of its side. */
record Bookkeeping(List<JsonNode> fills, List<JsonNode> transfers, boolean isLong) {

    private static final Offset<BigDecimal> HAIR = Offset.offset(new BigDecimal("0.000001"));

    /** The side is BOTH in one-way mode. */
    static Bookkeeping of(Exchange exchange, String symbol, String side, boolean isLong) {
        return new Bookkeeping(
                exchange.rows("fills", row -> isOf(row, symbol, side)),
                exchange.rows("transfers", row -> isOf(row, symbol, side)),
                isLong);
    }

    private static boolean isOf(JsonNode row, String symbol, String side) {
        return symbol.equals(text(row, "symbol")) && side.equals(text(row, "positionSide"));
    }

    private List<JsonNode> fills(boolean entries) {
        return fills.stream()
                .filter(fill -> (text(fill, "side").equals("BUY") == isLong) == entries)
                .toList();
    }

    private static BigDecimal sum(List<JsonNode> rows, Function<JsonNode, BigDecimal> figure) {
        return rows.stream().map(figure).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal quantity(boolean entries) {
        return sum(fills(entries), fill -> decimal(fill, "quantity"));
    }

    private BigDecimal mean(boolean entries) {
        return sum(fills(entries), fill -> decimal(fill, "price").multiply(decimal(fill, "quantity")))
                .divide(quantity(entries), MathContext.DECIMAL64);
    }

    private BigDecimal paid(String kind) {
        return sum(
                transfers.stream().filter(row -> kind.equals(text(row, "kind"))).toList(),
                row -> decimal(row, "amount"));
    }

    BigDecimal funding() {
        return paid("FUNDING_FEE");
    }

    BigDecimal fees() {
        return sum(fills, fill -> decimal(fill, "commission")).subtract(paid("INSURANCE_CLEAR"));
    }

    /** Everything that moved the wallet because of it. */
    BigDecimal net() {
        return sum(fills, fill -> decimal(fill, "realized")).subtract(fees()).add(funding());
    }

    /** The told end has these figures and no others. */
    void assertTold(JsonNode closed) {
        assertThat(decimal(closed, "quantity")).isEqualByComparingTo(quantity(true));
        assertThat(quantity(false)).isEqualByComparingTo(quantity(true));
        assertThat(decimal(closed, "entry_price")).isCloseTo(mean(true), HAIR);
        assertThat(decimal(closed, "exit_price")).isCloseTo(mean(false), HAIR);
        assertThat(decimal(closed, "fees_usd")).isEqualByComparingTo(fees());
        assertThat(decimal(closed, "funding_usd")).isEqualByComparingTo(funding());
        assertThat(decimal(closed, "pnl_usd").subtract(net()).abs())
                .as("told %s, was %s", text(closed, "pnl_usd"), net())
                .isLessThanOrEqualTo(new BigDecimal("0.000001"));
        assertThat(decimal(closed, "pnl_usd").setScale(2, RoundingMode.HALF_EVEN))
                .isEqualByComparingTo(net().setScale(2, RoundingMode.HALF_EVEN));
        assertThat(closed.path("order_ids").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(fills.stream()
                        .map(fill -> text(fill, "orderId"))
                        .distinct()
                        .toList());
    }
}
