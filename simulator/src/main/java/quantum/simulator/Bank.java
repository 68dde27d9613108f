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

    /** Brings the wallet to this amount of USDT by a transfer. */
    public void transferTo(Account account, BigDecimal wallet) {
        var amount = wallet.subtract(account.wallet());
        if (amount.signum() == 0) return;
        var reason = amount.signum() > 0 ? AccountChange.Reason.DEPOSIT : AccountChange.Reason.WITHDRAW;
        var change = new AccountChange(reason, null, amount, List.of());
        clearing.transfer(account, amount, change);
    }

    public void charge(Account account, FeeRates rates) {
        account.charge(rates);
        exchange.changed();
    }

    public void permit(Account account, Rights rights) {
        account.permit(rights);
        exchange.changed();
    }
}
