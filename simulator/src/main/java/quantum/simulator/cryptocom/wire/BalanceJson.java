package quantum.simulator.cryptocom.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Json;
import quantum.simulator.spot.SpotBalance;
import quantum.simulator.spot.SpotExchange;
import tools.jackson.databind.node.ObjectNode;

/**
 * The balances of an account on the wire. What open buys hold does not show as reserved, only in what may be withdrawn,
 * in the collateral and in the totals.
 */
public final class BalanceJson {

    private static final int WITHDRAWAL_SCALE = 8;
    private static final String NOTHING = "0";
    /** Totals that a spot account shows and that stay empty. */
    private static final List<String> EMPTY = List.of(
            "total_initial_margin",
            "total_position_im",
            "total_haircut",
            "total_maintenance_margin",
            "total_position_cost",
            "total_session_unrealized_pnl",
            "total_session_realized_pnl",
            "total_effective_leverage",
            "total_borrow",
            "margin_score",
            "used_position_limit");

    private final SpotExchange spot;

    public BalanceJson(SpotExchange spot) {
        this.spot = spot;
    }

    public ObjectNode of(List<SpotBalance> balances) {
        var total = BigDecimal.ZERO;
        var free = BigDecimal.ZERO;
        var json = Json.object();
        var rows = json.putArray("position_balances");
        for (var balance : balances) {
            var price = price(balance.coin());
            total = total.add(balance.amount().multiply(price));
            free = free.add(balance.free().multiply(price));
            rows.add(row(balance, price));
        }
        json.put("instrument_name", "USD")
                .put("total_available_balance", Wire.text(free))
                .put("total_margin_balance", Wire.text(total))
                .put("total_cash_balance", Wire.text(total))
                .put("total_collateral_value", Wire.text(free))
                .put("position_limit", "3000000.00000000")
                .put("is_liquidating", false)
                .put("has_risk", false);
        for (var name : EMPTY) json.put(name, NOTHING);
        json.putArray("credit_limits");
        json.putArray("isolated_positions");
        return json;
    }

    private static ObjectNode row(SpotBalance balance, BigDecimal price) {
        var free = balance.free();
        return Json.object()
                .put("instrument_name", balance.coin())
                .put("quantity", Wire.text(balance.amount()))
                .put("reserved_qty", Wire.text(balance.heldBySells()))
                .put("collateral_eligible", true)
                .put("collateral_amount", Wire.text(free.multiply(price)))
                .put("haircut", NOTHING)
                .put("market_value", Wire.text(balance.amount().multiply(price)))
                .put("max_withdrawal_balance", Wire.text(withdrawable(free)))
                .put("hourly_interest_rate", NOTHING);
    }

    private static BigDecimal withdrawable(BigDecimal free) {
        var cut = free.scale() > WITHDRAWAL_SCALE ? free.setScale(WITHDRAWAL_SCALE, RoundingMode.DOWN) : free;
        return cut.max(BigDecimal.ZERO);
    }

    /** In dollars: by the mark of the pair with USD, 1 for dollars of any kind. */
    private BigDecimal price(String coin) {
        var mark = mark(coin);
        return mark == null ? BigDecimal.ONE : mark;
    }

    private @Nullable BigDecimal mark(String coin) {
        var market = spot.find(coin + "_USD");
        return market == null ? null : market.mark();
    }
}
