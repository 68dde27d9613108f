package quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentTest {

    private static final BigDecimal MARK = new BigDecimal("50000");

    private final Instrument bitcoin =
            Instruments.load(SimulatorOptions.defaults()).getFirst();

    private static NewOrder order(Side side, String quantity, @Nullable String price, boolean reduceOnly) {
        var type = price == null ? OrderType.MARKET : OrderType.LIMIT;
        var limit = price == null ? null : new BigDecimal(price);
        return new NewOrder(
                "id",
                "BTCUSDT",
                side,
                PositionSide.BOTH,
                type,
                TimeInForce.GTC,
                new BigDecimal(quantity),
                limit,
                reduceOnly,
                0);
    }

    private String judge(NewOrder order) {
        try {
            bitcoin.check(order, MARK);
            return "accepted";
        } catch (Refused refused) {
            return refused.reason().name();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BUY, 0.010, , accepted",
        "BUY, 0.0105, , QUANTITY_PRECISION",
        "BUY, 0, , QUANTITY_NOT_POSITIVE",
        "BUY, 0.0001, , QUANTITY_PRECISION",
        "BUY, 1001, 50000, QUANTITY_ABOVE_MAXIMUM",
        "BUY, 121, 50000, accepted",
        "BUY, 121, , QUANTITY_ABOVE_MAXIMUM",
        "BUY, 0.001, , accepted",
        "BUY, 0.001, 49999.90, NOTIONAL_TOO_SMALL",
        "BUY, 0.010, 50000.05, PRICE_OFF_TICK",
        "BUY, 0.010, 50000.001, PRICE_PRECISION",
        "BUY, 0.010, 500, PRICE_BELOW_MINIMUM",
        "BUY, 0.010, 4529764.1, PRICE_ABOVE_MAXIMUM",
        "BUY, 0.010, 52500, accepted",
        "BUY, 0.010, 52500.1, PRICE_ABOVE_MARK_LIMIT",
        "SELL, 0.010, 47500, accepted",
        "SELL, 0.010, 47499.9, PRICE_BELOW_MARK_LIMIT",
        "SELL, 0.010, 60000, accepted",
    })
    void filtersJudgeAnOrder(Side side, String quantity, @Nullable String price, String verdict) {
        assertThat(judge(order(side, quantity, price, false))).isEqualTo(verdict);
    }

    @Test
    void reduceOnlyIsExemptFromTheMinimumNotional() {
        assertThat(judge(order(Side.SELL, "0.001", "49000", true))).isEqualTo("accepted");
        assertThat(judge(order(Side.SELL, "0.001", "49000", false))).isEqualTo("NOTIONAL_TOO_SMALL");
    }

    @Test
    void ownTableListsTheSymbolsOfTheReports() {
        var symbols = Instruments.load(SimulatorOptions.defaults());
        assertThat(symbols).hasSizeGreaterThanOrEqualTo(20);
        assertThat(symbols)
                .filteredOn(symbol -> symbol.symbol().matches("AXSUSDT|MANTAUSDT"))
                .hasSize(2)
                .allSatisfy(symbol -> assertThat(symbol.price().tick()).isEqualByComparingTo("0.0001"));
        assertThat(symbols)
                .allSatisfy(symbol ->
                        assertThat(symbol.price().onTick(symbol.startPrice())).isTrue());
    }

    @Test
    void realBracketsReplaceThePlausibleOnes() {
        var file = Path.of("../../shared/data/binance-usdm-leverageBracket.json");
        Assumptions.assumeTrue(Files.exists(file), "skipped: no shared data at " + file);
        var symbols = Instruments.load(SimulatorOptions.defaults().withBrackets(file));
        var real = symbols.getFirst();
        assertThat(real.brackets()).hasSizeGreaterThan(bitcoin.brackets().size());
        assertThat(Bracket.cap(real, 20)).isEqualByComparingTo("100000000");
        assertThat(Bracket.holding(real, new BigDecimal("55000")).maintenance()).isEqualByComparingTo("0.005");
        for (var symbol : symbols) {
            var floor = BigDecimal.ZERO;
            for (var tier : symbol.brackets()) {
                assertThat(tier.floor()).as(symbol.symbol()).isEqualByComparingTo(floor);
                floor = tier.cap();
            }
        }
    }

    @Test
    void unreadableBracketsNameTheFile(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("brackets.json"), "[{\"symbol\":\"BTCUSDT\"}]");
        assertThatThrownBy(() -> Instruments.load(SimulatorOptions.defaults().withBrackets(file)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("brackets.json");
    }

    @Test
    void iF20_anAnswerOfOneSymbolTextNumbersAndTheAccountsFactorAreRead(@TempDir Path directory) throws IOException {
        var one = Files.writeString(directory.resolve("one.json"), """
                \uFEFF{"symbol":"BTCUSDT","notionalCoef":"4.0","brackets":[
                 {"bracket":1,"initialLeverage":75,"notionalCap":"10000","notionalFloor":"0","maintMarginRatio":"0.0065","cum":"0.0"},
                 {"bracket":2,"initialLeverage":50,"notionalCap":50000,"notionalFloor":10000,"maintMarginRatio":0.01,"cum":35.0}]}""");
        var read =
                Instruments.load(SimulatorOptions.defaults().withBrackets(one)).getFirst();
        assertThat(Bracket.cap(read, 75)).isEqualByComparingTo("40000");
        assertThat(Bracket.holding(read, new BigDecimal("41000")).cumulative()).isEqualByComparingTo("140");
        var tiers = Files.writeString(directory.resolve("tiers.json"), "{\"BTC/USDT\":[{\"tier\":1}]}");
        assertThatThrownBy(() -> Instruments.load(SimulatorOptions.defaults().withBrackets(tiers)))
                .hasMessageContaining("not an answer to leverageBracket");
    }

    @Test
    void iF20_filtersMayBeginWithAByteOrderMark(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("filters.json"), "\uFEFF{\"symbols\":[]}");
        assertThatThrownBy(() -> Instruments.load(SimulatorOptions.defaults().withFilters(file)))
                .hasMessageContaining("can be served");
    }

    @Test
    void realFiltersGiveEveryPerpetualAPlausiblePrice() {
        var file = Path.of("../../shared/data/binance-usdm-exchangeInfo-2021-09-06.json");
        Assumptions.assumeTrue(Files.exists(file), "skipped: no shared data at " + file);
        var symbols = Instruments.load(SimulatorOptions.defaults().withFilters(file));
        assertThat(symbols).hasSizeGreaterThan(100).allSatisfy(symbol -> {
            var rule = symbol.price();
            assertThat(symbol.startPrice()).isGreaterThan(rule.minimum()).isLessThan(rule.maximum());
            assertThat(rule.onTick(symbol.startPrice())).isTrue();
        });
    }
}
