package quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void restartedExchangeKeepsMoneyPositionsOrdersAndPrices() throws IOException {
        var file = directory.resolve("deep/state.json");
        var options = SimulatorOptions.defaults().withStateFile(file);
        var before = new Trading(options.withFillDelay(Duration.ZERO, Duration.ZERO)).price("50000.00");
        var entry = before.market(Side.BUY, "0.100");
        var resting = before.limit(Side.SELL, TimeInForce.GTC, "0.050", "52000");
        var stop = before.closing(Side.SELL, OrderType.STOP_MARKET, "49000");
        StateFile.write(file, before.exchange.snapshot());

        var after = new Trading(options.withFillDelay(Duration.ZERO, Duration.ZERO));
        assertThat(after.exchange.snapshot()).isEqualTo(before.exchange.snapshot());
        assertThat(after.market().last()).isEqualByComparingTo("50000");
        assertThat(after.position().entryPrice()).isEqualByComparingTo("50000.1");
        assertThat(after.account.orders().find(entry.id()))
                .isNotNull()
                .satisfies(order -> assertThat(order.averagePrice()).isEqualByComparingTo("50000.1"));
        assertThat(after.account.orders().open()).extracting(Order::id).containsExactly(resting.id());
        after.pass(Duration.ofMillis(1)).price("48000").pass(Duration.ofMillis(10));
        assertThat(after.position().flat()).isTrue();
        assertThat(after.account.algos().find(stop.id()))
                .isNotNull()
                .extracting(AlgoOrder::status)
                .isEqualTo(AlgoStatus.FINISHED);
        assertThat(after.market(Side.BUY, "0.002").id()).isGreaterThan(resting.id());
    }

    @Test
    void restartedExchangeKeepsAccountsModesSidesAndIncome() throws IOException {
        var file = directory.resolve("state.json");
        var options = SimulatorOptions.defaults().withStateFile(file).withFillDelay(Duration.ZERO, Duration.ZERO);
        var before = new Trading(options).price("50000.00");
        var second = before.exchange.open("second", "its-secret");
        before.exchange.choices().positionMode(second, true);
        before.exchange.bank().transferTo(second, Contract.USDT, new BigDecimal("777"));
        before.exchange.bank().permit(second, new Rights(true, true, false, 5));
        for (var side : List.of(PositionSide.LONG, PositionSide.SHORT)) {
            var direction = side == PositionSide.LONG ? Side.BUY : Side.SELL;
            var terms = new NewOrder(
                    "open-" + side,
                    Trading.BTC,
                    direction,
                    side,
                    OrderType.MARKET,
                    TimeInForce.GTC,
                    new BigDecimal("0.010"),
                    null,
                    false,
                    0);
            before.exchange.matching().place(second, terms, Treatment.NORMAL, true);
        }
        before.exchange
                .liquidation()
                .force(second, second.positions().of(Trading.BTC, PositionSide.SHORT), ForcedClose.ADL, null);
        StateFile.write(file, before.exchange.snapshot());

        var after = new Trading(options).exchange;
        assertThat(after.snapshot()).isEqualTo(before.exchange.snapshot());
        var restored = Objects.requireNonNull(after.account("second"));
        assertThat(restored.hedged()).isTrue();
        assertThat(restored.rights().withdraw()).isFalse();
        assertThat(restored.positions().of(Trading.BTC, PositionSide.LONG).amount())
                .isEqualByComparingTo("0.010");
        assertThat(restored.positions().held()).hasSize(1);
        assertThat(restored.orders().all().getLast().forced()).isEqualTo(ForcedClose.ADL);
        assertThat(Income.of(restored, after.prices())).hasSameSizeAs(Income.of(second, before.exchange.prices()));
    }

    @Test
    void stateOfVersionOneIsStillRead() throws IOException {
        var file = Files.writeString(directory.resolve("state.json"), """
                {"version":1,"orderId":8389765700000000003,"algoId":1000000033225455,"tradeId":7000000002,
                 "playback":0,"prices":{"BTCUSDT":"50000.00"},
                 "accounts":[{"apiKey":"simkey","wallet":"9000","maker":"0.0002","taker":"0.0004","updatedAt":1,
                   "terms":{"BTCUSDT":{"leverage":5,"isolated":false}},
                   "positions":[{"symbol":"BTCUSDT","amount":"0.100","cost":"5000","isolatedWallet":"0",
                                 "realized":"0","updatedAt":1}],
                   "algos":[],
                   "orders":[{"id":8389765700000000003,"clientId":"rest","symbol":"BTCUSDT","side":"SELL",
                              "type":"LIMIT","timeInForce":"GTC","asked":"0.100","price":"52000","reduceOnly":true,
                              "status":"NEW","quantity":"0.100","executed":"0","quote":"0","createdAt":1,
                              "updatedAt":1}],
                   "fills":[]}]}""");
        var trading = new Trading(
                SimulatorOptions.defaults().withStateFile(file).withFillDelay(Duration.ZERO, Duration.ZERO));
        assertThat(trading.position().amount()).isEqualByComparingTo("0.1");
        assertThat(trading.account.orders().open()).hasSize(1);
        trading.pass(Duration.ofMillis(1)).price("52000.00");
        assertThat(trading.position().flat()).isTrue();
        assertThat(trading.market(Side.BUY, "0.010").id()).isEqualTo(8_389_765_700_000_000_004L);
    }

    @Test
    void symbolsListedLaterOutliveARestartAndMissingOnesAreNamed() throws IOException {
        var file = directory.resolve("state.json");
        var options = SimulatorOptions.defaults().withStateFile(file);
        var before = Simulator.create(options, Trading.START);
        before.markets().list("\u6d4b\u8bd5USDT", before.prices().market("ETHUSDT"));
        before.liquidation().change(before.prices().market("ETHUSDT"), SymbolStatus.PRE_SETTLE);
        var account = before.accounts().iterator().next();
        var terms = new NewOrder(
                "held",
                "\u6d4b\u8bd5USDT",
                Side.BUY,
                PositionSide.BOTH,
                OrderType.MARKET,
                TimeInForce.GTC,
                BigDecimal.ONE,
                null,
                false,
                0);
        before.matching().place(account, terms, Treatment.NORMAL, true);
        StateFile.write(file, before.snapshot());
        var after = Simulator.create(options, Trading.START);
        assertThat(after.snapshot()).isEqualTo(before.snapshot());
        assertThat(after.prices().market("ETHUSDT").status()).isEqualTo(SymbolStatus.PRE_SETTLE);

        var narrow = options.withSymbols(Set.of("BTCUSDT"));
        assertThatThrownBy(() -> Simulator.create(narrow, Trading.START))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("ETHUSDT, which this exchange does not list");
    }

    @Test
    void stateOfALaterVersionIsRefused() throws IOException {
        var file = Files.writeString(directory.resolve("state.json"), "{\"version\":99}");
        var options = SimulatorOptions.defaults().withStateFile(file);
        assertThatThrownBy(() -> Simulator.create(options, 0))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("another version");
    }

    @Test
    void unreadableStateIsRefusedInsteadOfForgotten() throws IOException {
        var file = Files.writeString(directory.resolve("state.json"), "{\"version\":");
        var options = SimulatorOptions.defaults().withStateFile(file);
        assertThatThrownBy(() -> Simulator.create(options, 0))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("state.json");
    }

    @Test
    void restartedExchangeKeepsWhatATrailingStopSawAndWhatAPositionPaid() throws IOException {
        var file = directory.resolve("state.json");
        var options = SimulatorOptions.defaults().withStateFile(file).withFillDelay(Duration.ZERO, Duration.ZERO);
        var before = new Trading(options).price("50000.00");
        before.market(Side.BUY, "0.100");
        var terms = new NewAlgo(
                "trail",
                Trading.BTC,
                Side.SELL,
                PositionSide.BOTH,
                OrderType.TRAILING_STOP_MARKET,
                TimeInForce.GTC,
                new Trigger(null, null, BigDecimal.ONE, true, false),
                new AlgoSize(new BigDecimal("0.1"), null, false, true));
        before.exchange.conditionals().place(before.account, terms, Treatment.NORMAL);
        before.price("51000").price("50600");
        StateFile.write(file, before.exchange.snapshot());

        var after = new Trading(options);
        assertThat(after.position().breakEvenPrice())
                .isEqualByComparingTo(before.position().breakEvenPrice());
        after.price("50490");
        assertThat(after.events).containsExactly("algo TRIGGERING");
    }
}
