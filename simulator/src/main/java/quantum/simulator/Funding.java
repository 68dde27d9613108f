package quantum.simulator;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Settles funding: at each full interval of the exchange's time, and when it is told to. */
public final class Funding {

    private static final long TICK = TimeUnit.SECONDS.toNanos(1);

    private final Simulator exchange;
    private final Clearing clearing;
    private long lastTick;

    Funding(Simulator exchange, Clearing clearing) {
        this.exchange = exchange;
        this.clearing = clearing;
        lastTick = exchange.now();
    }

    void start() {
        exchange.scheduler().after(TICK, this::tick);
    }

    /** When funding is settled next, in epoch milliseconds. */
    public long nextMillis() {
        return nextAfter(TimeUnit.NANOSECONDS.toMillis(exchange.now()));
    }

    private long nextAfter(long millis) {
        long interval =
                TimeUnit.SECONDS.toMillis(Math.max(1, exchange.settings().get(Setting.FUNDING_INTERVAL_SECONDS)));
        return (millis / interval + 1) * interval;
    }

    private void tick() {
        var due = nextAfter(TimeUnit.NANOSECONDS.toMillis(lastTick)) <= TimeUnit.NANOSECONDS.toMillis(exchange.now());
        lastTick = exchange.now();
        if (due) exchange.prices().markets().forEach(this::settle);
        exchange.scheduler().after(TICK, this::tick);
    }

    /** Lets every position in this symbol pay or receive now. */
    public void settle(Market market) {
        for (var account : exchange.accounts()) {
            for (var position : account.positions().in(market.instrument().symbol())) {
                if (!position.flat()) settle(account, position, market);
            }
        }
    }

    private void settle(Account account, Position position, Market market) {
        var amount = Decimals.amount(
                position.notional(market.mark()).multiply(market.fundingRate()).negate());
        if (amount.signum() == 0) return;
        var isolated = account.terms(position.symbol()).isolated();
        if (isolated) position.isolate(position.isolatedWallet().add(amount));
        var change = change(position, amount, isolated, market);
        clearing.transfer(account, Income.Kind.FUNDING_FEE, position, amount, change);
        exchange.liquidation().priceMoved(account, market);
    }

    /** A cross position is not listed (binance-usdm 5.3). */
    private static AccountChange change(Position position, BigDecimal amount, boolean isolated, Market market) {
        var listed = isolated ? List.of(position) : List.<Position>of();
        return new AccountChange(
                AccountChange.Reason.FUNDING_FEE,
                position.symbol(),
                amount,
                List.of(market.instrument().contract().marginAsset()),
                listed);
    }
}
