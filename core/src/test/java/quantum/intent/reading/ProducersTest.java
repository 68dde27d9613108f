package quantum.intent.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.intent.reading.Messages.closed;
import static quantum.intent.reading.Messages.message;
import static quantum.intent.reading.Messages.open;
import static quantum.intent.reading.Messages.opened;
import static quantum.intent.reading.Messages.read;
import static quantum.intent.reading.Messages.refused;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.intent.Intent;
import quantum.intent.Levels;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.intent.Rung;
import quantum.intent.Size;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;

/** What public producers write: charts, copy traders, bots, client libraries and serializers (rows S and R). */
class ProducersTest {

    private static final String NOW = Messages.TIME;

    @Test
    void s01ChartWithTickerAndPriceLacksASize() {
        Reading.Refusable refused =
                refused(message("ticker", "BTCUSDT", "action", "buy", "price", "95000", "time", NOW));
        assertThat(refused.field()).isEqualTo("position_size_usd");
    }

    @Test
    void s02ChartsStrategyOpens() {
        Intent.Open open = opened(message(
                "symbol",
                "SOLUSDT",
                "action",
                "buy",
                "qty",
                "1.5",
                "price",
                "140",
                "marketPosition",
                "long",
                "prevMarketPosition",
                "flat",
                "timestamp",
                NOW));
        assertThat(open.size()).isEqualTo(new Size.Units(Quantity.of("1.5")));
        assertThat(open.terms().expectedPrice()).isEqualTo(Price.of("140"));
        assertThat(open.origin().ignored()).isEmpty();
    }

    @Test
    void s03ChartsExitCloses() {
        Intent.Close close = closed(message(
                "symbol",
                "SOLUSDT",
                "action",
                "sell",
                "qty",
                "1.5",
                "price",
                "140",
                "marketPosition",
                "flat",
                "prevMarketPosition",
                "long",
                "timestamp",
                NOW));
        assertThat(close.direction()).isEqualTo(Direction.LONG);
        assertThat(close.quantity()).isEqualByComparingTo("1.5");
    }

    @Test
    void s12EntryWebhookOfALimitOrderIsRefusedByItsType() {
        Reading.Refusable refused = refused(message(
                "type",
                "entry",
                "pair",
                "BTC/USDT:USDT",
                "direction",
                "long",
                "leverage",
                "2",
                "order_type",
                "limit",
                "amount",
                "0.01",
                "timestamp",
                NOW));
        assertThat(refused.why()).isEqualTo(Refusal.FIELD_UNSUPPORTED);
        assertThat(refused.field()).isEqualTo("order_type");
    }

    @Test
    void s13ExitWebhookCloses() {
        assertThat(closed(message("type", "exit", "pair", "BTC/USDT:USDT", "direction", "long", "timestamp", NOW))
                        .direction())
                .isEqualTo(Direction.LONG);
    }

    @Test
    void s14LevelsAndEntryUnderShortNames() {
        Intent.Open open = opened(message(
                "id",
                "7",
                "ts",
                NOW,
                "pair",
                "SOL/USDT",
                "side",
                "buy",
                "entry",
                "140",
                "sl",
                "135",
                "tp",
                "150",
                "qty",
                "2"));
        assertThat(open.levels().stop()).isEqualTo(Price.of("135"));
        assertThat(open.levels().target()).isEqualTo(Price.of("150"));
        assertThat(open.terms().expectedPrice()).isEqualTo(Price.of("140"));
        assertThat(open.origin().ignored()).containsExactly("id");
    }

    @ParameterizedTest
    @CsvSource({
        "sl, tp",
        "stopLoss, takeProfit",
        "StopLoss, TakeProfit",
        "STOP_LOSS, TAKE_PROFIT",
        "stop-loss, take-profit",
        "stop, target",
        "slPrice, tpPrice",
        "stop_loss_price, takeProfitPrice",
        "params.stopLoss, params.takeProfit",
    })
    void iF2_levelsUnderEveryCommonName(String stop, String target) {
        Levels levels =
                opened(open(stop, new BigDecimal("2.74"), target, "2.78")).levels();
        assertThat(levels.stop()).isEqualTo(Price.of("2.74"));
        assertThat(levels.target()).isEqualTo(Price.of("2.78"));
    }

    @ParameterizedTest
    @CsvSource({
        "stopLossPct, takeProfitPct",
        "sl_pct, tp_pct",
        "slPct, tpPct",
        "stop_pct, target_pct",
        "stop_loss_percent, take_profit_percent",
        "STOP_LOSS_PCT, TAKE-PROFIT-PCT",
    })
    void j2_distancesUnderEveryCommonName(String stop, String target) {
        Levels levels = opened(open(stop, "0.5", target, "9")).levels();
        assertThat(levels.stopPct()).isEqualByComparingTo("0.5");
        assertThat(levels.targetPct()).isEqualByComparingTo("9");
    }

    @Test
    void j2_levelsInObjectsOfClientLibraries() {
        Levels levels = opened(open(
                        "stopLoss",
                        Map.of("triggerPrice", new BigDecimal("90"), "type", "market"),
                        "takeProfit",
                        Map.of("triggerPrice", "110")))
                .levels();
        assertThat(levels.stop()).isEqualTo(Price.of("90"));
        assertThat(levels.target()).isEqualTo(Price.of("110"));
        assertThat(opened(open("stopLoss.triggerPrice", "90")).levels().stop()).isEqualTo(Price.of("90"));
        Reading.Refusable limit = refused(open("stopLoss", Map.of("triggerPrice", "90", "price", "89")));
        assertThat(limit.why()).isEqualTo(Refusal.FIELD_UNSUPPORTED);
        assertThat(limit.field()).isEqualTo("stopLoss");
    }

    @Test
    void j2_pathsOfAMapperThatLaysObjectsFlat() {
        Levels levels = opened(open(
                        "ladder.[0].at_pct",
                        "0.5",
                        "ladder.[0].fraction",
                        "0.3",
                        "ladder.[1].at_pct",
                        "1",
                        "ladder.[1].fraction",
                        "0.7",
                        "ai_harvest_policy.max_time_sec",
                        "60",
                        "ai_harvest_policy.trail_pct",
                        "1.2"))
                .levels();
        assertThat(levels.software().ladder()).isEqualTo(Rung.ladder("0.5:0.3, 1:0.7"));
        assertThat(levels.software().maxTime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(levels.trailingPct()).isEqualByComparingTo("1.2");
    }

    @Test
    void levelsThatContradictEachOtherAreRefused() {
        assertThat(refused(open("stop_loss", "90", "sl", "91")).detail()).contains("contradicts");
        assertThat(refused(open("stop_loss", "90", "stopLoss", "91")).detail()).contains("contradicts");
        assertThat(opened(open("stop_loss", "90", "sl", new BigDecimal("90.0")))
                        .levels()
                        .stop())
                .isEqualTo(Price.of("90"));
    }

    @ParameterizedTest
    @CsvSource({
        "type, LIMIT",
        "type, STOP_MARKET",
        "type, TAKE_PROFIT",
        "type, sell",
        "order_type, limit",
        "orderType, LIMIT",
        "ORDER_TYPE, stop",
        "ordType, post_only",
        "stop_price, 1.80",
        "stopPrice, 85",
        "limit_price, 5",
        "trigger_price, 5",
        "postOnly, true",
        "timeInForce, GTX",
        "margin_mode, cross",
        "trailing_stop, true",
        "stop_los_pct, 9",
        "take_proft, 9",
        "stoploss_type, limit",
        "tp2, 120",
        "take_profit_2, 120",
        "targets, 120",
        "levarage, 3",
        "percent_of_equity, 10",
        "risk_pct, 1",
        "qty_type, percent_of_equity",
        "quantity_type, percent",
        "size_type, lots",
        "dry_run, true",
        "exit_price, 120",
        "slippage, 0.5",
    })
    void iF3_o10_whatWouldChangeTheMeaningIsRefusedByName(String field, String value) {
        Reading.Refusable refused = refused(open(field, value));
        assertThat(refused.why()).isEqualTo(Refusal.FIELD_UNSUPPORTED);
        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused.detail()).startsWith(field);
        assertThat(closed(open("action", "CLOSE", field, value)).action())
                .as("an exit carries what it will (law 5)")
                .isEqualTo(Intent.Action.CLOSE);
    }

    @Test
    void s17LimitOrderOfAnExchangeIsNeverExecutedAtTheMarket() {
        Reading.Refusable refused = refused(message(
                "symbol",
                "LTCUSDT",
                "side",
                "BUY",
                "type",
                "LIMIT",
                "price",
                new BigDecimal("85.0"),
                "quantity",
                "1",
                "timeInForce",
                "GTC",
                "timestamp",
                NOW));
        assertThat(refused.field()).isEqualTo("type");
        assertThat(refused.detail()).contains("market orders");
    }

    @ParameterizedTest
    @CsvSource({
        "type, MARKET",
        "order_type, market",
        "timeInForce, GTC",
        "postOnly, false",
        "stopPrice, 0",
        "reduceOnly, false",
        "marginType, ISOLATED",
        "trailing_stop, false",
        "atr_value, 14.2",
        "model, ensemble",
        "rl_leverage, 5",
        "position_size_pct, 3",
    })
    void whatDoesNotChangeTheMeaningStillOpens(String field, String value) {
        assertThat(opened(open(field, value)).size()).isEqualTo(new Size.Notional(new BigDecimal("100")));
    }

    @Test
    void o10_whatIsNotReadIsNamedOnce() {
        Intent.Open open = opened(open("atr_value", "14.2", "model", "ensemble", "note", "x", "empty", " "));
        assertThat(open.origin().ignored()).containsExactlyInAnyOrder("atr_value", "model", "note");
        assertThat(opened(open()).origin().ignored()).isEmpty();
        assertThat(opened(open("confidence", "0.7", "reason", "r", "source", "s"))
                        .origin()
                        .ignored())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"qty_type, usd", "qty_type, USDT", "quantity_type, quote", "currency_type, Quote_Asset"})
    void iF6_aSizeInMoneyIsMoney(String field, String unit) {
        Map<String, Object> message = open("qty", "60", field, unit);
        message.remove("position_size_usd");
        assertThat(opened(message).size()).isEqualTo(new Size.Notional(new BigDecimal("60")));
        message.put(field, "base");
        assertThat(opened(message).size()).isEqualTo(new Size.Units(Quantity.of("60")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amount", "size", "position_size"})
    void iF6_aSizeWithoutAUnitAsksForOne(String field) {
        Map<String, Object> message = open(field, "60");
        message.remove("position_size_usd");
        assertThat(refused(message).field()).isEqualTo(field);
        assertThat(refused(message).detail()).contains("position_size_usd", "quantity");
        message.put("qty_type", "usd");
        assertThat(opened(message).size()).isEqualTo(new Size.Notional(new BigDecimal("60")));
    }

    @Test
    void worthUnderTheNamesOfExchanges() {
        for (String name : List.of("quoteOrderQty", "notional", "size_usd", "amount_usd")) {
            Map<String, Object> message = open(name, "60");
            message.remove("position_size_usd");
            assertThat(opened(message).size()).as(name).isEqualTo(new Size.Notional(new BigDecimal("60")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stop_loss_pct, 0.015, 1.5",
        "sl_pct, 0.006, 0.6",
        "take_profit_pct, 0.025, 2.5",
        "tpPct, 0.04, 4",
    })
    void iF5_j3_m3_aFractionWherePercentAreMeantIsNamed(String field, String value, String meant) {
        Reading.Refusable refused = refused(open(field, value));
        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused.why()).isEqualTo(Refusal.SCHEMA_INVALID);
        assertThat(refused.detail()).contains("fraction", "0.05", "send " + meant);
        assertThat(opened(open(field, "0.05")).symbol().name()).isEqualTo("BTCUSDT");
    }

    @Test
    void iF5_aRungAtAFractionIsNamed() {
        assertThat(refused(open("ladder", List.of(Map.of("at_pct", "0.01", "fraction", "0.5"))))
                        .detail())
                .contains("ladder", "fraction", "send 1");
        assertThat(refused(open("trailing_pct", "0.01")).detail()).contains("send 1");
    }

    @ParameterizedTest
    @CsvSource({"85, 0.85", "100, 1", "2, 0.02", "1, 1", "0.7, 0.7"})
    void iF18_s18_confidenceInPercentIsShown(String value, String shown) {
        assertThat(opened(open("confidence", value)).terms().confidence()).isEqualByComparingTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "101", "high"})
    void aConfidenceThatCannotBeMeantIsRefused(String value) {
        assertThat(refused(open("confidence", value)).field()).isEqualTo("confidence");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop_loss", "takeProfit", "sl", "stop_loss_pct", "tp_pct", "price"})
    void iF18_s31_aLevelOfZeroIsNone(String field) {
        Intent.Open open = opened(open(field, "0"));
        assertThat(open.levels()).isEqualTo(Levels.NONE);
        assertThat(open.origin().ignored()).containsExactly(field);
        assertThat(opened(open(field, BigDecimal.ZERO)).levels()).isEqualTo(Levels.NONE);
        assertThat(refused(open(field, "-1")).field()).isEqualTo(field);
    }

    @Test
    void s28AWordWhereANumberBelongsIsRefusedByName() {
        assertThat(refused(open("stop_loss", "nan")).field()).isEqualTo("stop_loss");
        assertThat(refused(open("stop_loss", "1.5%")).detail()).contains("_pct");
    }

    @Test
    void j7_jsonWithJavaTypesIsNamed() {
        assertThat(refused(open("position_size_usd", List.of("java.math.BigDecimal", new BigDecimal("200"))))
                        .detail())
                .contains("java.math.BigDecimal", "default typing");
        assertThat(refused(open("timestamp", List.of("java.lang.Long", new BigDecimal("1767607200000"))))
                        .detail())
                .contains("java.lang.Long", "default typing");
    }

    @Test
    void iF17_twoUnreadableMessagesOfOneSecondAreTwo() {
        Reading.Refusable one =
                refused(message("symbol", "BTCUSDT", "action", "BUY", "quantity", "x", "timestamp", NOW));
        Reading.Refusable other =
                refused(message("symbol", "BTCUSDT", "action", "BUY", "quantity", "y", "timestamp", NOW));
        Reading.Refusable again =
                refused(message("action", "BUY", "symbol", "BTCUSDT", "qty", " ", "quantity", "x", "ts", NOW));
        assertThat(one.origin().intentId()).isEqualTo(other.origin().intentId());
        assertThat(one.origin().digest()).isNotEqualTo(other.origin().digest()).isNotEmpty();
        assertThat(again.origin().intentId()).isEqualTo(one.origin().intentId());
        assertThat(one.origin().isDerived()).isTrue();
    }

    @Test
    void theSameWishUnderOtherNamesIsTheSameWish() {
        String digest = opened(open("stop_loss", "90")).origin().digest();
        for (String name : List.of("sl", "stopLoss", "STOP_LOSS", "stop-loss", "params.stopLoss")) {
            assertThat(opened(open(name, "90.0")).origin().digest()).as(name).isEqualTo(digest);
        }
    }

    @Test
    void namesOfAnySpellingNeverEscapeAsAnException() {
        assertThat(read(message("", "x", ".", "y", "params.", "z", "[0]", "a", "ladder.[0].", "b", "\u0000", "c")))
                .isInstanceOf(Reading.Unreadable.class);
        assertThat(read(open("ladder.[99].x.y", "1", "order", Map.of("order", Map.of("order", Map.of())))))
                .isNotNull();
    }
}
