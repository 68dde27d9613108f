package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.json.Malformed;
import quantum.market.Balance;
import quantum.market.Contract;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.position.PositionMode;
import quantum.venue.Call;
import quantum.venue.ConditionalUpdate;
import quantum.venue.OrderUpdate;
import quantum.venue.OrderUpdate.Executed;
import quantum.venue.OrderUpdate.Status;

/** Recorded shapes of the exchange's replies (binance-usdm 3.2, 4.4, 5.2, 5.4, 6.1, 7). */
final class RepliesTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");

    private static String order(String status, String executed, String more) {
        return """
                {"orderId":8389765739703625592,"symbol":"BTCUSDT","status":"%s","clientOrderId":"qo-1","price":"0.00",
                "origQty":"0.010","executedQty":"%s","cumQty":"%s","timeInForce":"GTC","type":"MARKET",
                "reduceOnly":false,"closePosition":false,"side":"BUY","positionSide":"BOTH","stopPrice":"0.00",
                "workingType":"CONTRACT_PRICE","priceProtect":false,"origType":"MARKET","priceMatch":"NONE",
                "selfTradePreventionMode":"EXPIRE_MAKER","goodTillDate":0,"updateTime":1700000000123%s}
                """.formatted(status, executed, executed, more);
    }

    private static OrderReport report(String status, String executed, String more) {
        return OrderReport.ofReply(Json.parse(order(status, executed, more)));
    }

    @Test
    void keepsAnIdThatNoBinaryFloatCanCarry() {
        assertThat(report("NEW", "0", "").orderId()).isEqualTo(new OrderId("8389765739703625592"));
        String huge = order("NEW", "0", "").replace("8389765739703625592", "98389765739703625592");
        assertThat(OrderReport.ofReply(Json.parse(huge)).orderId()).isEqualTo(new OrderId("98389765739703625592"));
    }

    @Test
    void neverTellsAnExecutionWithoutItsPrice() {
        assertThat(report("FILLED", "0.010", "").update(null)).isNull();
        assertThat(report("FILLED", "0.010", ",\"avgPrice\":\"0.00000\"").update(null))
                .isNull();
        assertThat(report("EXPIRED", "0.004", "").update(null)).isNull();
        assertThat(report("FILLED", "0.000", ",\"avgPrice\":\"60000.1\"").update(null))
                .isNull();
        assertThat(report("FILLED", "0.010", "").onTheBook().executed()).isEqualTo(Executed.NOTHING);
    }

    @Test
    void readsTheOlderShapeWithThePrice() {
        OrderUpdate update = report("FILLED", "0.010", ",\"avgPrice\":\"60000.10\",\"cumQuote\":\"600.001\"")
                .update(BigDecimal.ONE);
        assertThat(update)
                .isEqualTo(new OrderUpdate(
                        BTC,
                        new ClientOrderId("qo-1"),
                        new OrderId("8389765739703625592"),
                        Side.BUY,
                        Status.FILLED,
                        new Executed(new BigDecimal("0.010"), Price.of("60000.1"), BigDecimal.ONE),
                        Instant.ofEpochMilli(1_700_000_000_123L)));
    }

    @ParameterizedTest
    @CsvSource({
        "NEW, 0, NEW",
        "PARTIALLY_FILLED, 0.004, PARTIALLY_FILLED",
        "FILLED, 0.010, FILLED",
        "CANCELED, 0, CANCELED",
        "CANCELED, 0.004, CANCELED",
        "EXPIRED, 0, EXPIRED",
        "EXPIRED, 0.004, EXPIRED",
        "EXPIRED_IN_MATCH, 0.004, EXPIRED",
        "REJECTED, 0, REJECTED",
        "NEW_ADL, 0, NEW",
        "NEW_INSURANCE, 0.004, PARTIALLY_FILLED",
        "BORN_YESTERDAY, 0, NEW",
        "BORN_YESTERDAY, 0.004, PARTIALLY_FILLED"
    })
    void knowsEveryStatusAndEndsNothingForAnUnknownOne(String status, String executed, Status expected) {
        OrderUpdate update =
                report(status, executed, ",\"avgPrice\":\"60000.1\"").update(null);
        assertThat(Objects.requireNonNull(update).status()).isEqualTo(expected);
    }

    @Test
    void tellsAPartWhereOnlyAPartOfTheTradesIsKnown() {
        OrderReport report = report("FILLED", "0.010", "");
        OrderUpdate part = report.with(new BigDecimal("0.004"), Price.of("1"), null);
        assertThat(part.status()).isEqualTo(Status.PARTIALLY_FILLED);
        OrderUpdate whole = report.with(new BigDecimal("0.010"), Price.of("1"), null);
        assertThat(whole.status()).isEqualTo(Status.FILLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orderId",
                "symbol",
                "status",
                "side",
                "executedQty",
                "updateTime",
            })
    void refusesAReplyWithoutANeededField(String field) {
        String whole = order("NEW", "0", "");
        String without = Pattern.compile("\"" + field + "\":(\"[^\"]*\"|[^,}]*),?")
                .matcher(whole)
                .replaceFirst("");
        String without1 = without.replaceFirst(",\\s*}", "}");
        assertThatThrownBy(() -> OrderReport.ofReply(Json.parse(without1)))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining(field);
        String other = Pattern.compile("\"" + field + "\":(\"[^\"]*\"|[^,}\\s]*)")
                .matcher(whole)
                .replaceFirst("\"" + field + "\":[1.5]");
        assertThatThrownBy(() -> OrderReport.ofReply(Json.parse(other))).isInstanceOf(Malformed.class);
        String absent = Pattern.compile("\"" + field + "\":(\"[^\"]*\"|[^,}\\s]*)")
                .matcher(whole)
                .replaceFirst("\"" + field + "\":null");
        assertThatThrownBy(() -> OrderReport.ofReply(Json.parse(absent))).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "NaN", "", " 1", "-0.1", "0x10", "1e-400"})
    void refusesOddDecimals(String executed) {
        assertThatThrownBy(() -> report("NEW", executed, "")).isInstanceOf(Malformed.class);
    }

    @Test
    void replacesAClientIdThatIsNotOneOfOurShape() {
        String odd = order("NEW", "0", "").replace("qo-1", "settlement_autoclose-1700000000000-long-enough");
        assertThat(OrderReport.ofReply(Json.parse(odd)).clientId())
                .isEqualTo(new ClientOrderId("id-8389765739703625592"));
    }

    @Test
    void readsAConditionalOrder() {
        String text = """
                [{"algoId":1000000033225453,"clientAlgoId":"qs-1","algoType":"CONDITIONAL","orderType":"STOP_MARKET",
                "symbol":"BTCUSDT","side":"SELL","positionSide":"BOTH","timeInForce":"GTC","quantity":"0",
                "algoStatus":"NEW","actualOrderId":"","triggerPrice":"59000.10","price":"0.00",
                "icebergQuantity":null,"closePosition":true,"createTime":1,"updateTime":1,"triggerTime":0},
                {"algoId":7,"clientAlgoId":"trail","algoType":"CONDITIONAL","orderType":"TRAILING_STOP_MARKET",
                "symbol":"BTCUSDT","algoStatus":"NEW","actualOrderId":"","triggerPrice":"0.00"}]
                """;
        assertThat(ConditionalOrders.all(Json.parse(text), (_, _) -> {}))
                .containsExactly(new ConditionalUpdate(
                        BTC,
                        new ClientOrderId("qs-1"),
                        "1000000033225453",
                        ConditionalUpdate.Status.NEW,
                        Price.of("59000.1"),
                        null,
                        null,
                        new ConditionalUpdate.Shape(Side.SELL, null, Call.Level.STOP, null)));
    }

    /** The one of another hand that closes the position is told from one by quantity (X-F5). */
    @ParameterizedTest
    @CsvSource({
        "STOP_MARKET, BOTH, 0, true, STOP, ''",
        "STOP_MARKET, BOTH, 0.5, false, STOP, 0.5",
        "TAKE_PROFIT_MARKET, SHORT, , true, TARGET, ''",
        "TRAILING_STOP_MARKET, LONG, 2, false, , 2",
    })
    void xF5_readsWhatAConditionalOrderClosesAndHowMuch(
            String type, String position, String quantity, boolean whole, Call.Level level, String size) {
        String text = """
                [{"algoId":7,"clientAlgoId":"app","orderType":"%s","symbol":"BTCUSDT","side":"SELL","positionSide":"%s",
                "quantity":%s,"algoStatus":"NEW","triggerPrice":"59000.10","closePosition":%s}]
                """.formatted(type, position, quantity == null ? "null" : "\"" + quantity + "\"", whole);
        assertThat(ConditionalOrders.all(Json.parse(text), (_, _) -> {})
                        .getFirst()
                        .shape())
                .isEqualTo(new ConditionalUpdate.Shape(
                        Side.SELL,
                        position.equals("BOTH") ? null : Direction.valueOf(position),
                        level,
                        size.isEmpty() ? null : Quantity.of(size)));
    }

    @Test
    void believesTheReasonOfARefusalOnlyWhereThereIsOne() {
        String event = """
                {"e":"ALGO_UPDATE","T":1,"E":1,"o":{"caid":"qs-1","aid":5,"at":"CONDITIONAL","o":"STOP_MARKET",
                "s":"BTCUSDT","S":"SELL","ps":"BOTH","f":"GTC","q":"0","X":"%s","ai":"88937381063","tp":"59000.1",
                "p":"0","V":"NONE","wt":"MARK_PRICE","pm":"NONE","cp":true,"pP":false,"R":false,"tt":0,"gtd":0,
                "rm":"Reduce Only reject"}}
                """;
        ConditionalUpdate rejected = ConditionalOrders.ofEvent(Json.parse(event.formatted("REJECTED")));
        assertThat(Objects.requireNonNull(rejected).refusal()).isEqualTo("Reduce Only reject");
        assertThat(rejected.triggeredOrder()).isEqualTo(new OrderId("88937381063"));
        ConditionalUpdate canceled = ConditionalOrders.ofEvent(Json.parse(event.formatted("CANCELED")));
        assertThat(Objects.requireNonNull(canceled).refusal()).isNull();
        assertThatThrownBy(() -> ConditionalOrders.ofEvent(Json.parse(event.formatted("MELTED"))))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void readsPositionsOfBothSignsAndPassesOverFlatRows() {
        String row = """
                {"symbol":"%s","positionSide":"BOTH","positionAmt":"%s","entryPrice":"60000.0",
                "breakEvenPrice":"60010","markPrice":"60100.5","unRealizedProfit":"1","liquidationPrice":"%s",
                "notional":"-1","marginAsset":"USDT","adl":2,"updateTime":1}
                """;
        String text = "[" + row.formatted("BTCUSDT", "0.010", "0") + "," + row.formatted("ETHUSDT", "-2.5", "70000.1")
                + "," + row.formatted("XRPUSDT", "0.0", "0") + "]";
        List<AccountReplies.Row> rows = positions(text, PositionMode.ONE_WAY).rows();
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().direction()).isEqualTo(Direction.LONG);
        assertThat(rows.getFirst().liquidation()).isNull();
        assertThat(rows.getLast().direction()).isEqualTo(Direction.SHORT);
        assertThat(rows.getLast().quantity().value()).isEqualByComparingTo("2.5");
        assertThat(rows.getLast().liquidation()).isEqualTo(Price.of("70000.1"));
        String hedged = text.replace("BOTH", "LONG");
        AccountReplies.Positions other = positions(hedged, PositionMode.ONE_WAY);
        assertThat(other.rows()).isEmpty();
        assertThat(other.unclear()).hasSize(2).allSatisfy(each -> {
            assertThat(each.side()).isEqualTo("LONG");
            assertThat(each.why()).contains("position mode");
        });
        assertThat(positions(text, PositionMode.HEDGE).unclear()).hasSize(2);
    }

    private static AccountReplies.Positions positions(String text, PositionMode mode) {
        return AccountReplies.positions(Json.parse(text), mode, _ -> null, (_, _) -> {});
    }

    @Test
    void readsBothPositionsOfASymbolInHedgeMode() {
        String row = """
                {"symbol":"ETHUSDT","positionSide":"%s","positionAmt":"%s","entryPrice":"3000.0","markPrice":"3010.5"}
                """;
        String text = "[" + row.formatted("LONG", "2") + "," + row.formatted("SHORT", "-1.5") + "]";
        assertThat(positions(text, PositionMode.HEDGE).rows())
                .extracting(
                        AccountReplies.Row::direction, each -> each.quantity().value())
                .containsExactly(
                        tuple(Direction.LONG, new BigDecimal("2")), tuple(Direction.SHORT, new BigDecimal("1.5")));
    }

    @Test
    void readsTheMoneyOfEachAssetAndNeverTheTotals() {
        String text = """
                {"totalWalletBalance":"200","availableBalance":"150","assets":[
                {"asset":"USDT","walletBalance":"100.5","availableBalance":"90.25"},
                {"asset":"USDC","walletBalance":"0.00000000","availableBalance":"0.00000000"}]}
                """;
        assertThat(AccountReplies.balances(Json.parse(text), (_, _) -> {}))
                .containsExactly(
                        new Balance("USDT", new BigDecimal("100.5"), new BigDecimal("90.25")),
                        new Balance("USDC", new BigDecimal("0.00000000"), new BigDecimal("0.00000000")));
        assertThat(AccountReplies.balances(Json.parse(text.replaceAll("(?s)\\[.*]", "[]")), (_, _) -> {}))
                .isEmpty();
    }

    @Test
    void makesACostOfAFeeWhateverItsSign() {
        String text = """
                [{"symbol":"BTCUSDT","id":698759,"orderId":25851813,"side":"SELL","price":"7819.01","qty":"0.002",
                "quoteQty":"15.63802","realizedPnl":"-0.91539999","commission":"-0.07819010",
                "commissionAsset":"USDT","time":1569514978020,"positionSide":"BOTH","buyer":false,"maker":false}]
                """;
        assertThat(Execution.all(Json.parse(text)))
                .singleElement()
                .satisfies(trade -> assertThat(trade.fee()).isEqualByComparingTo("0.0781901"));
        Call.Trade inBnb = Execution.all(Json.parse(text.replace("\"USDT\"", "\"BNB\"")))
                .getFirst()
                .trade(false);
        assertThat(inBnb.fee()).isNull();
        assertThat(inBnb.other()).isEqualTo(new Call.OtherFee("BNB", new BigDecimal("0.07819010")));
    }

    @Test
    void passesOverListingsItCannotRead() {
        String good = """
                {"symbol":"%s","contractType":"PERPETUAL","status":"%s","quoteAsset":"USDC","marginAsset":"USDC",
                "deliveryDate":4133404800000,"pricePrecision":2,
                "filters":[{"filterType":"PRICE_FILTER","minPrice":"556.80","maxPrice":"4529764","tickSize":"0.10"},
                {"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"},
                {"filterType":"MARKET_LOT_SIZE","minQty":"0.001","maxQty":"120","stepSize":"0.001"},
                {"filterType":"MIN_NOTIONAL","notional":"100"},{"filterType":"MAX_NUM_ORDERS","limit":200}]}
                """;
        String text = "{\"symbols\":[" + good.formatted("BTCUSDT", "TRADING") + ","
                + good.formatted("测试USDT", "SETTLING") + ",{\"symbol\":\"HALFUSDT\",\"status\":\"TRADING\"}]}";
        List<String> odd = new ArrayList<>();
        List<Listing> all = Listing.all(Json.parse(text), (kind, _) -> odd.add(kind));
        assertThat(odd).containsExactly("rules of HALFUSDT");
        assertThat(all).hasSize(2);
        assertThat(all.getFirst().instrument().trading()).isTrue();
        assertThat(all.getFirst().instrument().marketLots().max()).isEqualByComparingTo("120");
        assertThat(all.getFirst().instrument().minNotional()).isEqualByComparingTo("100");
        assertThat(all.getLast().instrument().trading()).isFalse();
        assertThat(all.getFirst().instrument().contract())
                .isEqualTo(new Contract.Future("USDC", "USDC", Instant.parse("2100-12-25T08:00:00Z")));
        assertThatThrownBy(() -> Listing.all(Json.parse("{\"symbols\":[]}"), (_, _) -> {}))
                .isInstanceOf(Malformed.class);
    }
}
