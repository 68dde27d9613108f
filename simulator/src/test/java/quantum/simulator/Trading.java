package quantum.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange with still prices and one customer, and everything that happened on it as short lines. */
final class Trading implements ExchangeListener {

    static final long START = 1_795_000_000_000_000_000L;
    static final String BTC = "BTCUSDT";

    final Simulator exchange;
    final Account account;
    final List<String> events = new ArrayList<>();

    Trading() {
        this(SimulatorOptions.defaults().withFillDelay(Duration.ZERO, Duration.ZERO));
    }

    Trading(SimulatorOptions options) {
        exchange = Simulator.create(options, START);
        account = exchange.accounts().iterator().next();
        for (var market : exchange.prices().markets()) exchange.prices().hold(market, true);
        exchange.listen(this);
    }

    static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    Market market() {
        return exchange.prices().market(BTC);
    }

    Position position() {
        return account.positions().of(BTC, PositionSide.BOTH);
    }

    Trading price(String price) {
        exchange.prices().set(market(), number(price));
        return this;
    }

    Trading pass(Duration time) {
        exchange.advanceTo(exchange.now() + time.toNanos());
        return this;
    }

    Order market(Side side, String quantity) {
        return place(side, OrderType.MARKET, TimeInForce.GTC, quantity, null, false);
    }

    Order reduce(Side side, String quantity) {
        return place(side, OrderType.MARKET, TimeInForce.GTC, quantity, null, true);
    }

    Order limit(Side side, TimeInForce time, String quantity, String price) {
        return place(side, OrderType.LIMIT, time, quantity, price, false);
    }

    private Order place(
            Side side, OrderType type, TimeInForce time, String quantity, @Nullable String price, boolean reduceOnly) {
        var limit = price == null ? null : number(price);
        var terms = new NewOrder(
                exchange.freshClientId(),
                BTC,
                side,
                PositionSide.BOTH,
                type,
                time,
                number(quantity),
                limit,
                reduceOnly,
                0);
        var order = exchange.matching().place(account, terms, Treatment.NORMAL, false);
        exchange.advanceTo(exchange.now());
        return order;
    }

    AlgoOrder closing(Side side, OrderType type, String trigger) {
        return conditional(side, type, trigger, new AlgoSize(null, null, true, false));
    }

    AlgoOrder conditional(Side side, OrderType type, String trigger, AlgoSize size) {
        var terms = new NewAlgo(
                exchange.freshClientId(),
                BTC,
                side,
                PositionSide.BOTH,
                type,
                TimeInForce.GTC,
                new Trigger(number(trigger), null, null, true, false),
                size);
        return exchange.conditionals().place(account, terms, Treatment.NORMAL);
    }

    @Override
    public void orderChanged(Account owner, Order order, Execution execution, @Nullable Fill fill) {
        events.add(execution + " " + order.status());
    }

    @Override
    public void accountChanged(Account owner, AccountChange change) {
        for (var position : change.positions()) events.add("position " + Decimals.text(position.amount()));
    }

    @Override
    public void algoChanged(Account owner, AlgoOrder algo) {
        events.add("algo " + algo.status());
    }
}
