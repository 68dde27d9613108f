package quantum.simulator;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes positions away: for want of margin, by deleveraging, and at the end of a symbol (binance-usdm 5.2). An isolated
 * position stands for itself; the cross ones fall together, the largest loss first, until the rest is covered.
 */
public final class Liquidation {

    private final Simulator exchange;
    private final Clearing clearing;

    Liquidation(Simulator exchange, Clearing clearing) {
        this.exchange = exchange;
        this.clearing = clearing;
    }

    void priceMoved(Account account, Market market) {
        for (var position : account.positions().in(market.instrument().symbol())) {
            if (!position.flat()) watch(account, position);
        }
    }

    /** Warns once on the way down, and liquidates after the delay what is still short of margin then. */
    private void watch(Account account, Position position) {
        var margins = exchange.marginsOf(account, position.symbol());
        var isolated = margins.isolated(position.symbol());
        var group = isolated ? List.of(position) : margins.cross();
        var margin = isolated ? margins.isolatedMargin(position) : margins.crossMargin();
        var maintenance = margins.maintenance(group);
        var percent = BigDecimal.valueOf(exchange.settings().get(Setting.MARGIN_CALL_PERCENT));
        var endangered = maintenance.movePointRight(2).compareTo(margin.multiply(percent)) >= 0;
        if (endangered && !position.warned()) exchange.reportMarginCall(account, group);
        for (var each : group) each.warn(endangered);
        if (margin.compareTo(maintenance) < 0 && account.fall()) {
            exchange.later(exchange.settings().nanos(Setting.LIQUIDATION_DELAY_MILLIS), () -> fall(account));
        }
    }

    private void fall(Account account) {
        account.stand();
        for (var position : account.positions().held()) {
            var margins = exchange.marginsOf(account, position.symbol());
            if (!margins.isolated(position.symbol())) continue;
            if (margins.isolatedMargin(position).compareTo(margins.maintenance(position)) >= 0) continue;
            exchange.matching().expireAll(account, position.symbol(), Matching.LIQUIDATED);
            liquidateIsolated(account, position);
        }
        account.assets().forEach(asset -> liquidateCross(account, asset));
    }

    private void liquidateIsolated(Account account, Position position) {
        var asset = exchange.prices().asset(position.symbol());
        var before = account.wallet(asset);
        var margin = position.isolatedWallet();
        var fee = close(account, position, ForcedClose.LIQUIDATION, null);
        var left = margin.add(account.wallet(asset).subtract(before));
        settle(account, position, fee.min(left));
    }

    private void liquidateCross(Account account, String asset) {
        if (sufficient(account, asset)) return;
        for (var symbol : account.orders().symbols()) {
            if (!exchange.prices().asset(symbol).equals(asset)) continue;
            exchange.matching().expireAll(account, symbol, Matching.LIQUIDATED);
        }
        while (!sufficient(account, asset)) {
            var margins = exchange.margins(account, asset);
            var worst = margins.cross().stream()
                    .min(Comparator.comparing(margins::unrealized))
                    .orElseThrow();
            liquidateCross(account, worst);
        }
    }

    private void liquidateCross(Account account, Position position) {
        var fee = close(account, position, ForcedClose.LIQUIDATION, null);
        settle(
                account,
                position,
                fee.min(exchange.marginsOf(account, position.symbol()).crossWallet()));
    }

    private boolean sufficient(Account account, String asset) {
        var margins = exchange.margins(account, asset);
        var cross = margins.cross();
        return cross.isEmpty() || margins.crossMargin().compareTo(margins.maintenance(cross)) >= 0;
    }

    /** The insurance fund takes the fee out of what is left, or pays what is missing. */
    private void settle(Account account, Position position, BigDecimal fee) {
        if (fee.signum() == 0) return;
        var amount = Decimals.amount(fee.negate());
        var change = new AccountChange(
                AccountChange.Reason.INSURANCE_CLEAR,
                null,
                amount,
                List.of(exchange.prices().asset(position.symbol())),
                List.of(position));
        clearing.transfer(account, Income.Kind.INSURANCE_CLEAR, position, amount, change);
    }

    /**
     * Closes a position, or a quantity of it, in the exchange's name; answers the liquidation fee of that. Settlement is
     * at the mark price, everything else at the market.
     */
    BigDecimal close(Account account, Position position, ForcedClose kind, @Nullable BigDecimal quantity) {
        var market = exchange.prices().market(position.symbol());
        var side = position.amount().signum() > 0 ? Side.SELL : Side.BUY;
        var price = kind == ForcedClose.SETTLEMENT ? market.mark() : market.best(side);
        var held = position.amount().abs();
        var closed = quantity == null ? held : quantity.min(held);
        var terms = new NewOrder(
                kind.clientId(exchange.ids().nextOther()),
                position.symbol(),
                side,
                position.side(),
                OrderType.LIMIT,
                TimeInForce.IOC,
                closed,
                price,
                position.side() == PositionSide.BOTH,
                0);
        var order = exchange.matching().admit(account, terms, kind);
        clearing.trade(account, order, price, closed, false);
        return Decimals.amount(
                price.multiply(closed).multiply(market.instrument().liquidationFee()));
    }

    /** Closes a position, or a quantity of it, for the control; throws {@link Refused} when there is none. */
    public void force(Account account, Position position, ForcedClose kind, @Nullable BigDecimal quantity) {
        if (position.flat()) throw new Refused(Refusal.REDUCE_ONLY);
        if (kind != ForcedClose.LIQUIDATION || quantity != null) {
            close(account, position, kind, quantity);
        } else if (account.terms(position.symbol()).isolated()) {
            liquidateIsolated(account, position);
        } else {
            liquidateCross(account, position);
        }
    }

    /** Changes a symbol's status; where it ends, orders expire and positions are settled (binance-usdm 5.2, er 7). */
    public void change(Market market, SymbolStatus status) {
        market.change(status);
        exchange.reportStatus(market);
        if (!status.settles()) return;
        var symbol = market.instrument().symbol();
        for (var account : exchange.accounts()) {
            exchange.matching().expireAll(account, symbol, Matching.DELISTED);
            exchange.conditionals().expireAll(account, symbol);
            for (var position : account.positions().in(symbol)) {
                if (!position.flat()) close(account, position, ForcedClose.SETTLEMENT, null);
            }
        }
    }

    /** How likely deleveraging meets a position: 0 without one, 4 with the best return on its margin. */
    public int quantile(Account account, Position position) {
        if (position.flat()) return 0;
        var margins = exchange.marginsOf(account, position.symbol());
        var profit = margins.unrealized(position);
        if (profit.signum() <= 0) return 1;
        var halves = profit.add(profit).divideToIntegralValue(margins.initial(position));
        return 2 + halves.min(BigDecimal.TWO).intValue();
    }
}
