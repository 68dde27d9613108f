package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Books what a trade does to order, position and money. */
final class Clearing {

    private final Simulator exchange;

    Clearing(Simulator exchange) {
        this.exchange = exchange;
    }

    void trade(Account account, Order order, BigDecimal price, BigDecimal quantity, boolean maker) {
        var position = account.position(order.terms());
        var before = position.amount();
        var rate = maker ? account.feeRates().maker() : account.feeRates().taker();
        var commission = Decimals.amount(price.multiply(quantity).multiply(rate));
        var realized = position.trade(order.terms().side().signed(quantity), price, commission, exchange.now());
        position.isolate(isolatedWallet(account, position, before, price));
        account.positions().refresh(position);
        account.setWallet(account.wallet().add(realized).subtract(commission), exchange.now());
        order.execute(price, quantity, exchange.now());
        account.orders().refresh(order);
        long id = exchange.ids().nextTrade(exchange.settings());
        var fill = new Fill(id, order, price, quantity, commission, realized, maker, exchange.now());
        account.record(fill);
        var execution = order.forced() == ForcedClose.LIQUIDATION ? Execution.CALCULATED : Execution.TRADE;
        exchange.report(account, order, execution, fill);
        exchange.report(account, AccountChange.byOrder(position));
        if (!order.status().open()) exchange.conditionals().orderEnded(account, order);
        if (before.signum() != 0 && position.amount().signum() != before.signum()) {
            exchange.matching().expireClosing(account, position);
            exchange.conditionals().positionClosed(account, position, before.signum() > 0);
        }
    }

    /** Margin goes in with what enlarges the position and comes out in proportion to what closes it. */
    private static BigDecimal isolatedWallet(Account account, Position position, BigDecimal before, BigDecimal price) {
        var terms = account.terms(position.symbol());
        var amount = position.amount();
        if (!terms.isolated() || amount.signum() == 0) return BigDecimal.ZERO;
        var kept = amount.signum() == before.signum() ? before.abs().min(amount.abs()) : BigDecimal.ZERO;
        var wallet = kept.signum() == 0
                ? BigDecimal.ZERO
                : Decimals.ratio(position.isolatedWallet().multiply(kept), before.abs());
        var added = amount.abs().subtract(kept).multiply(price);
        return wallet.add(added.divide(BigDecimal.valueOf(terms.leverage()), Decimals.ASSET_SCALE, RoundingMode.UP));
    }

    /** Moves money in or out from outside and tells the account. */
    void transfer(Account account, BigDecimal amount, AccountChange change) {
        pay(account, Income.Kind.TRANSFER, null, amount, change);
    }

    /** Moves money for a position, not for a trade of it, and tells the account. */
    void transfer(Account account, Income.Kind kind, Position position, BigDecimal amount, AccountChange change) {
        pay(account, kind, position, amount, change);
    }

    private void pay(
            Account account, Income.Kind kind, @Nullable Position position, BigDecimal amount, AccountChange change) {
        account.setWallet(account.wallet().add(amount), exchange.now());
        var symbol = position == null ? "" : position.symbol();
        var side = position == null ? null : position.side();
        account.record(new Income(
                kind, symbol, side, amount, exchange.now(), exchange.ids().nextTransfer(), 0));
        exchange.report(account, change);
    }
}
