package quantum.simulator;

import java.math.BigDecimal;
import java.util.List;

/** Moves money in and out of accounts from outside, and sets what they are charged and allowed. */
public final class Bank {

    private final Simulator exchange;
    private final Clearing clearing;

    Bank(Simulator exchange, Clearing clearing) {
        this.exchange = exchange;
        this.clearing = clearing;
    }

    /** Brings the wallet of an asset to this amount by a transfer. */
    public void transferTo(Account account, String asset, BigDecimal wallet) {
        var amount = wallet.subtract(account.wallet(asset));
        if (amount.signum() == 0) return;
        var reason = amount.signum() > 0 ? AccountChange.Reason.DEPOSIT : AccountChange.Reason.WITHDRAW;
        var change = new AccountChange(reason, null, amount, List.of(asset), List.of());
        clearing.transfer(account, amount, change);
    }

    /** Moves margin into an isolated position, or out of it with a negative amount, or throws {@link Refused}. */
    public void moveMargin(Account account, Position position, BigDecimal amount) {
        checkIsolated(account, position);
        var margins = exchange.marginsOf(account, position.symbol());
        if (amount.compareTo(margins.available()) > 0) throw new Refused(Refusal.CROSS_BALANCE_INSUFFICIENT);
        var spare = position.isolatedWallet()
                .add(margins.unrealized(position).min(BigDecimal.ZERO))
                .subtract(margins.initial(position));
        if (amount.negate().compareTo(spare.max(BigDecimal.ZERO)) > 0) {
            throw new Refused(Refusal.ISOLATED_BALANCE_INSUFFICIENT);
        }
        putMargin(account, position, amount);
    }

    /** The same without a look at what is spare: the position's liquidation price may come to lie anywhere. */
    public void putMargin(Account account, Position position, BigDecimal amount) {
        checkIsolated(account, position);
        position.isolate(position.isolatedWallet().add(amount));
        account.record(new MarginMove(position.symbol(), position.side(), amount, exchange.now()));
        exchange.report(
                account,
                new AccountChange(
                        AccountChange.Reason.MARGIN_TRANSFER,
                        null,
                        BigDecimal.ZERO,
                        List.of(exchange.prices().asset(position.symbol())),
                        List.of(position)));
        exchange.liquidation().priceMoved(account, exchange.prices().market(position.symbol()));
    }

    private static void checkIsolated(Account account, Position position) {
        if (!account.terms(position.symbol()).isolated()) throw new Refused(Refusal.MARGIN_NOT_ISOLATED);
        if (position.flat()) throw new Refused(Refusal.MARGIN_WITHOUT_POSITION);
    }

    public void charge(Account account, FeeRates rates) {
        account.charge(rates);
        exchange.changed();
    }

    /** Lets fees be paid in this asset while there is enough of it; empty for none. */
    public void payFeesIn(Account account, String asset) {
        account.payFeesIn(asset);
        exchange.changed();
    }

    public void permit(Account account, Rights rights) {
        account.permit(rights);
        exchange.changed();
    }
}
