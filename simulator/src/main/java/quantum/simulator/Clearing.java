package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Books what a trade does to order, position and money. */
final class Clearing {

    private static final String DISCOUNTED = "BNB";
    private static final BigDecimal DISCOUNT = new BigDecimal("0.9");

    private final Simulator exchange;

    Clearing(Simulator exchange) {
        this.exchange = exchange;
    }

    void trade(Account account, Order order, BigDecimal price, BigDecimal quantity, boolean maker) {
        var position = account.position(order.terms());
        var before = position.amount();
        var rate = maker ? account.feeRates().maker() : account.feeRates().taker();
        var asset = exchange.prices().asset(order.terms().symbol());
        var commission = Decimals.amount(price.multiply(quantity).multiply(rate));
        var fee = fee(account, commission, asset);
        var realized = position.trade(order.terms().side().signed(quantity), price, commission, exchange.now());
        position.isolate(isolatedWallet(account, position, before, price));
        account.positions().refresh(position);
        account.setWallet(asset, account.wallet(asset).add(realized), exchange.now());
        account.setWallet(fee.asset, account.wallet(fee.asset).subtract(fee.amount), exchange.now());
        order.execute(price, quantity, exchange.now());
        account.orders().refresh(order);
        long id = exchange.ids().nextTrade(exchange.settings());
        var fill = new Fill(id, order, price, quantity, fee.amount, fee.asset, realized, maker, exchange.now());
        account.record(fill);
        var execution = order.forced() == ForcedClose.LIQUIDATION ? Execution.CALCULATED : Execution.TRADE;
        exchange.report(account, order, execution, fill);
        exchange.report(account, AccountChange.byOrder(position, asset, fee.asset));
        if (!order.status().open()) exchange.conditionals().orderEnded(account, order);
        if (before.signum() != 0 && position.amount().signum() != before.signum()) {
            exchange.matching().expireClosing(account, position);
            exchange.conditionals().positionClosed(account, position, before.signum() > 0);
        }
    }

    private record Fee(BigDecimal amount, String asset) {}

    /** In the account's own asset for fees, BNB a tenth cheaper, as long as there is enough of it. */
    private Fee fee(Account account, BigDecimal commission, String asset) {
        var own = account.feeAsset();
        var usual = new Fee(commission, asset);
        if (own.isEmpty() || own.equals(asset)) return usual;
        var worth = exchange.prices().lists(own + asset)
                ? exchange.prices().market(own + asset).mark()
                : BigDecimal.ONE;
        var due = own.equals(DISCOUNTED) ? commission.multiply(DISCOUNT) : commission;
        var amount = due.divide(worth, Decimals.ASSET_SCALE, RoundingMode.UP);
        return account.wallet(own).compareTo(amount) < 0 ? usual : new Fee(amount, own);
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
        var asset = change.assets().getFirst();
        account.setWallet(asset, account.wallet(asset).add(amount), exchange.now());
        var symbol = position == null ? "" : position.symbol();
        var side = position == null ? null : position.side();
        account.record(new Income(
                kind,
                symbol,
                side,
                amount,
                asset,
                exchange.now(),
                exchange.ids().nextTransfer(),
                0));
        exchange.report(account, change);
    }
}
