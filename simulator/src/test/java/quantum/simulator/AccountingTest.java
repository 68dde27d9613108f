package quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens on the exchange, money, positions and orders are what their single entries add up to. */
class AccountingTest {

    private static final int STEPS = 400;
    private static final BigDecimal START = BigDecimal.valueOf(10_000);
    private static final BigDecimal DUST = new BigDecimal("0.0001");

    private final Trading trading =
            new Trading(SimulatorOptions.defaults().withFillDelay(Duration.ZERO, Duration.ofMillis(30)));
    private final Simulator exchange = trading.exchange;
    private final List<Account> accounts = new ArrayList<>();

    private SplittableRandom random = new SplittableRandom(0);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyFigureIsTheSumOfItsEntries(long seed) {
        random = new SplittableRandom(seed);
        accounts.add(trading.account);
        for (int i = 0; i < 3; i++) accounts.add(exchange.open("customer-" + i, "secret"));
        exchange.choices().positionMode(accounts.get(1), true);
        exchange.choices().positionMode(accounts.get(2), true);
        exchange.choices().marginType(accounts.get(2), Trading.BTC, true);
        exchange.choices().marginType(accounts.get(3), Trading.BTC, true);
        trading.price("50000.00");
        for (int step = 0; step < STEPS; step++) {
            act();
            trading.pass(Duration.ofMillis(random.nextLong(60)));
            if (step % 20 == 0) accounts.forEach(this::check);
        }
        for (var crash : List.of("50000.00", "42000.00", "58000.00")) {
            trading.price(crash).pass(Duration.ofSeconds(1));
            accounts.forEach(this::check);
        }
        assertThat(accounts)
                .anySatisfy(account -> assertThat(account.orders().all())
                        .anySatisfy(order -> assertThat(order.forced()).isEqualTo(ForcedClose.LIQUIDATION)));
    }

    private void act() {
        switch (random.nextInt(12)) {
            case 0 -> trading.price(price(3_000));
            case 1 -> exchange.markets().deepen(trading.market(), quantity(300), 5, 50);
            case 2 -> exchange.funding().settle(trading.market());
            case 3 -> exchange.prices().setMark(trading.market(), new BigDecimal(price(500)));
            case 4 -> cancelOne(customer());
            case 5 -> stop(customer());
            case 6 -> deleverage(customer());
            default -> order(customer());
        }
    }

    private Account customer() {
        return accounts.get(random.nextInt(accounts.size()));
    }

    /** Within so many dollars of 50,000. */
    private String price(int range) {
        return BigDecimal.valueOf(500_000 + random.nextLong(-range * 10L, range * 10L + 1), 1)
                .toPlainString();
    }

    private BigDecimal quantity(int most) {
        return BigDecimal.valueOf(random.nextLong(2, most), 3);
    }

    private PositionSide side(Account account) {
        return account.sides().get(random.nextInt(account.sides().size()));
    }

    private void order(Account account) {
        var limit = random.nextBoolean();
        var times = List.of(TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK, TimeInForce.GTX);
        var terms = new NewOrder(
                exchange.freshClientId(),
                Trading.BTC,
                random.nextBoolean() ? Side.BUY : Side.SELL,
                side(account),
                limit ? OrderType.LIMIT : OrderType.MARKET,
                limit ? times.get(random.nextInt(times.size())) : TimeInForce.GTC,
                quantity(4_000),
                limit ? new BigDecimal(price(900)) : null,
                !account.hedged() && random.nextInt(3) == 0,
                0);
        tolerate(() -> exchange.matching().place(account, terms, Treatment.NORMAL, random.nextBoolean()));
    }

    private void stop(Account account) {
        var closing = random.nextBoolean();
        var terms = new NewAlgo(
                exchange.freshClientId(),
                Trading.BTC,
                random.nextBoolean() ? Side.BUY : Side.SELL,
                side(account),
                random.nextBoolean() ? OrderType.STOP_MARKET : OrderType.TAKE_PROFIT_MARKET,
                TimeInForce.GTC,
                new Trigger(new BigDecimal(price(1_500)), null, null, random.nextBoolean(), false),
                new AlgoSize(closing ? null : quantity(2_000), null, closing, false));
        tolerate(() -> exchange.conditionals().place(account, terms, Treatment.NORMAL));
    }

    private void cancelOne(Account account) {
        var open = account.orders().open();
        if (open.isEmpty()) return;
        exchange.matching().cancel(account, Trading.BTC, open.get(random.nextInt(open.size())));
    }

    private void deleverage(Account account) {
        var position = account.positions().of(Trading.BTC, side(account));
        tolerate(() -> exchange.liquidation().force(account, position, ForcedClose.ADL, quantity(100)));
    }

    private static void tolerate(Runnable request) {
        try {
            request.run();
        } catch (Refused refused) {
            assertThat(refused.reason()).isNotNull();
        }
    }

    private void check(Account account) {
        assertThat(Income.of(account, exchange.prices()).stream()
                        .map(Income::amount)
                        .reduce(START, BigDecimal::add))
                .as("wallet")
                .isEqualByComparingTo(account.wallet());
        for (var side : PositionSide.values()) {
            var traded = BigDecimal.ZERO;
            for (var fill : account.fills()) {
                var terms = fill.order().terms();
                if (terms.positionSide() == side)
                    traded = traded.add(terms.side().signed(fill.quantity()));
            }
            var position = account.positions().of(Trading.BTC, side);
            assertThat(position.amount()).as("position " + side).isEqualByComparingTo(traded);
            assertThat(position.amount().signum()).as(side.name()).isIn(signs(side));
            if (position.flat()) assertThat(position.isolatedWallet()).isEqualByComparingTo("0");
            replay(account, side);
            checkDemand(account, side);
        }
        for (var order : account.orders().all()) checkFills(account, order);
    }

    /** Entry, gains and fees once more from the trades alone, by average entry prices in many digits. */
    private static void replay(Account account, PositionSide side) {
        var amount = BigDecimal.ZERO;
        var entry = BigDecimal.ZERO;
        for (var fill : account.fills()) {
            var terms = fill.order().terms();
            if (terms.positionSide() != side) continue;
            var fee = fill.price()
                    .multiply(fill.quantity())
                    .multiply(fill.maker() ? FeeRates.DEFAULT.maker() : FeeRates.DEFAULT.taker());
            assertThat(fill.commission()).isEqualByComparingTo(fee);
            var change = terms.side().signed(fill.quantity());
            var after = amount.add(change);
            var gain = BigDecimal.ZERO;
            if (amount.signum() * change.signum() >= 0) {
                var value = amount.multiply(entry).add(change.multiply(fill.price()));
                entry = value.divide(after, MathContext.DECIMAL128);
            } else {
                var closed = change.abs().min(amount.abs()).multiply(BigDecimal.valueOf(amount.signum()));
                gain = closed.multiply(fill.price().subtract(entry));
                if (after.signum() == change.signum()) entry = fill.price();
            }
            assertThat(fill.realized()).as("gain of " + fill.id()).isCloseTo(gain, within(DUST));
            amount = after;
        }
        var held = account.positions().of(Trading.BTC, side);
        if (!held.flat()) assertThat(held.entryPrice()).isCloseTo(entry, within(DUST));
    }

    private static List<Integer> signs(PositionSide side) {
        return switch (side) {
            case BOTH -> List.of(-1, 0, 1);
            case LONG -> List.of(0, 1);
            case SHORT -> List.of(-1, 0);
        };
    }

    private void checkFills(Account account, Order order) {
        var sum = account.fills().stream()
                .filter(fill -> fill.order() == order)
                .map(Fill::quantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).as("fills of " + order.id()).isEqualByComparingTo(order.executed());
        if (order.status() == OrderStatus.FILLED) assertThat(order.remaining()).isEqualByComparingTo("0");
        assertThat(withinLimit(order)).as("price of " + order.id()).isTrue();
    }

    private static boolean withinLimit(Order order) {
        var limit = order.terms().price();
        if (limit == null || order.executed().signum() == 0) return true;
        return !order.terms().side().worse(order.averagePrice(), limit);
    }

    /** The running sums against a count of the open orders. */
    private static void checkDemand(Account account, PositionSide side) {
        var bids = BigDecimal.ZERO;
        var asks = BigDecimal.ZERO;
        for (var order : account.orders().open(Trading.BTC)) {
            if (order.terms().closing() || order.terms().positionSide() != side) continue;
            var notional = order.remaining().multiply(order.assumedPrice());
            if (order.terms().side() == Side.BUY) bids = bids.add(notional);
            else asks = asks.add(notional);
        }
        var demand = account.orders().demand(Trading.BTC, side);
        assertThat(demand.bids()).isEqualByComparingTo(bids);
        assertThat(demand.asks()).isEqualByComparingTo(asks);
    }
}
