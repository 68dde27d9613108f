package quantum.intent.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.intent.reading.Messages.closed;
import static quantum.intent.reading.Messages.open;
import static quantum.intent.reading.Messages.opened;
import static quantum.intent.reading.Messages.opens;
import static quantum.intent.reading.Messages.refused;
import static quantum.intent.reading.Messages.unreadable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.intent.Intent;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.market.Direction;

/** Words of exits, states and units that a second stranger sent, and that opened, or closed more than was asked. */
class WordsAgainTest {

    private static final String[] STATES = {"market_position", "strategy.market_position", "marketPositionSize"};

    private static Map<String, @Nullable Object> with(
            Map<String, Object> message, String field, @Nullable Object value) {
        Map<String, @Nullable Object> more = new HashMap<>(message);
        more.put(field, value);
        return more;
    }

    private static void opensNothing(String field, @Nullable Object value) {
        for (String action : List.of("SELL", "BUY")) {
            Map<String, @Nullable Object> message = with(open("action", action), field, value);
            assertThat(opens(message)).as(message.toString()).isFalse();
        }
    }

    private static void stillCloses(String field, @Nullable Object value) {
        Map<String, @Nullable Object> message = with(open("action", "CLOSE"), field, value);
        message.remove("position_size_usd");
        assertThat(closed(message).fraction()).as(message.toString()).isEqualByComparingTo("1");
    }

    @Test
    void b2_aStateThatCannotBeReadIsRefusedByItsName() {
        List<@Nullable Object> unread = new ArrayList<>(List.of(
                "", " ", "null", "None", "{{strategy.market_position}}", "perhaps", "NaN", "n/a", true, List.of()));
        unread.add(null);
        for (String name : STATES) {
            for (Object value : unread) {
                for (String action : List.of("SELL", "BUY")) {
                    Reading.Refusable refused = refused(with(open("action", action), name, value));
                    assertThat(refused.why()).isEqualTo(Refusal.SCHEMA_INVALID);
                    assertThat(refused.field()).isEqualTo(name);
                    assertThat(refused.detail()).startsWith(name);
                }
                stillCloses(name, value);
                assertThat(closed(with(open("action", "SELL", "reduceOnly", true), name, value))
                                .direction())
                        .isEqualTo(Direction.LONG);
            }
        }
    }

    @Test
    void b2_nothingInAnyNotationIsFlat() {
        List<Object> flat = List.of(
                "flat",
                "Flat",
                "none",
                "NONE",
                "0",
                "0.0",
                "0.",
                ".0",
                "0,0",
                "0,00",
                "-0",
                "+0",
                "0e0",
                "0 BTC",
                "0%",
                " 0 ",
                "no position",
                "no_position",
                "zero",
                "out",
                BigDecimal.ZERO,
                new BigDecimal("0.000"),
                new BigDecimal("0E+3"),
                false);
        for (String name : List.of("market_position", "strategy.market_position", "market_position_size")) {
            for (Object value : flat) {
                assertThat(closed(open("action", "SELL", name, value)).direction())
                        .isEqualTo(Direction.LONG);
                assertThat(closed(open("action", "BUY", name, value)).direction())
                        .isEqualTo(Direction.SHORT);
                stillCloses(name, value);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "market_position, long",
        "market_position, LONG",
        "market_position, 1",
        "market_position_size, 1.5",
        "market_position_size, '1,5'",
        "market_position_size, '1,000.25'",
        "market_position_size, 0.001",
        "prev_market_position, none",
        "prev_market_position_size, 0",
        "prev_market_position, ''",
        "position, ''",
        "position, swing-7",
        "net_position, 3",
        "position_qty, 3",
        "target_position, 2",
    })
    void b2_aStateOfThePositionThatIsOpenedOpens(String field, String value) {
        assertThat(opened(open(field, value)).side()).isEqualTo(quantum.market.Side.BUY);
    }

    @Test
    void b2_aStateOnTheOtherSideIsNoOpen() {
        opensOn("SELL", "market_position", "1");
        opensOn("BUY", "market_position", "-1");
        opensOn("BUY", "market_position_size", "-2");
        opensOn("SELL", "net_position", "3");
        opensOn("BUY", "target_position", new BigDecimal("-3"));
    }

    private static void opensOn(String action, String field, Object value) {
        Reading.Refusable refused = refused(open("action", action, field, value));
        assertThat(refused.why()).isEqualTo(Refusal.CLOSE_UNMARKED);
        assertThat(refused.field()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "position_size_usd",
                "quantity",
                "position_size",
                "qty_type",
                "stop_loss",
                "tp",
                "take_profit_pct",
                "trailing_pct",
                "ladder",
                "leverage",
                "price",
                "side",
                "position_side",
                "holdSide",
                "market_position",
                "market_position_size",
                "target_position",
                "net_position",
                "reduceOnly",
                "closeOrder",
                "isEntry",
                "trade_side",
                "open_close",
                "type",
                "intent_id",
                "timestamp",
                "expires_at",
                "close_fraction",
            })
    void b2_aTemplateThatWasNotFilledInIsNamedWithWhatToDo(String field) {
        String template = "{{strategy.order.x}}";
        Object reading = Messages.read(open("trace_id", "t", field, template));
        if (reading instanceof Reading.Refusable refused) {
            assertThat(refused.field()).isEqualTo(field);
            assertThat(refused.detail()).contains(template).contains("not filled in");
        } else {
            assertThat(field).isEqualTo("side");
            assertThat(unreadable(open("trace_id", "t", field, template)).detail())
                    .contains(template)
                    .contains("not filled in");
        }
    }

    @Test
    void b2_aTemplateAsIdentityOrSymbolIsNoIdentity() {
        assertThat(unreadable(open("symbol", "{{ticker}}")).detail()).contains("symbol", "not filled in");
        assertThat(unreadable(open("action", "{{strategy.order.action}}")).field())
                .isEqualTo("action");
        Map<String, Object> bare = open("action", "CLOSE", "intent_id", "{{id}}");
        assertThat(closed(bare).origin().intentId()).isEqualTo("BTCUSDT_" + Messages.TIME);
        assertThat(closed(bare).origin().ignored()).contains("intent_id");
        bare.remove("timestamp");
        assertThat(unreadable(bare).field()).isEqualTo("intent_id");
    }

    @ParameterizedTest
    @CsvSource({
        "comment, {{strategy.order.comment}}",
        "prev_market_position, {{strategy.prev_market_position}}",
        "volume, {{volume}}",
        "source, {{x}}",
    })
    void b2_aTemplateInWhatIsOnlyShownStillOpens(String field, String value) {
        assertThat(opens(open(field, value))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "flags, 'reduce_only,post'",
        "flags, 'post|reduceOnly'",
        "flags, post reduce-only",
        "flags, REDUCE ONLY",
        "options, reduceOnly=true",
        "id, TP1",
        "order.id, TP",
        "order_name, TP",
        "strategy_order_comment, TP1",
        "strategyOrderComment, SL",
        "strategy.order.comment, TP2",
        "name, SL hit",
        "rule, roi",
        "holdSide, long",
        "is_entry, false",
        "isEntry, 0",
        "is_open, false",
        "open, false",
        "opening, false",
        "new_position, false",
        "isNewPosition, no",
        "params.isOpen, 'False'",
        "open_position, false",
        "is_entry_signal, false",
        "strategy_order_id, TP1",
        "trade_id, SL",
        "position_direction, long",
        "position_size, '0,0'",
        "net_position, 0",
        "position_after, 0",
        "position_qty, 0",
        "positionAmt, 0.000",
        "position, 0",
        "openClose, Closing",
        "comment, cover",
        "comment, Short Cover",
        "comment, square off",
        "comment, Squared-off",
        "comment, squareoff",
        "comment, margin call",
        "comment, unwind",
        "comment, unwinding longs",
        "comment, book profit",
        "comment, booked profits",
        "comment, 平仓",
        "comment, 平多",
        "comment, 平空",
        "comment, 止盈",
        "comment, закрыть лонг",
        "comment, Выход из позиции",
        "comment, Position schließen",
        "comment, cerrar largo",
        "comment, fermer la position",
        "comment, chiudi tutto",
        "comment, fechar posição",
        "comment, 決済",
        "comment, 청산",
    })
    void b4_aSignOfAnExitIsRefusedByItsFieldAndNeverOpens(String field, String value) {
        Map<String, Object> message = open("action", "SELL", field, value);
        assertThat(opens(message)).isFalse();
        if (Messages.read(message) instanceof Reading.Refusable refused) {
            assertThat(refused.why()).isEqualTo(Refusal.CLOSE_UNMARKED);
            assertThat(refused.field()).isEqualTo(field);
        }
        stillCloses(field, value);
        if (!value.equals("long")) {
            opensNothing(field, value);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "openClose, C",
        "open_close, close",
        "position_effect, c",
        "offset, 平",
        "offset, 平今",
        "trade_side, 平仓",
        "target_position, 0",
        "target_position, '0,00'",
        "targetPosition, none",
        "position_after, flat",
        "remaining_position, 0",
        "target_weight, 0.0",
        "strategy_market_position, flat",
        "net_position, flat",
    })
    void b4_aFieldThatIsMadeToSaySoCloses(String field, String value) {
        assertThat(closed(open("action", "SELL", field, value)).direction()).isEqualTo(Direction.LONG);
        assertThat(closed(open("action", "BUY", field, value)).direction()).isEqualTo(Direction.SHORT);
        stillCloses(field, value);
    }

    @Test
    void b4_theHeldSideOfOneExchangeIsThePositionsSide() {
        assertThat(refused(open("action", "BUY", "hold_side", "short")).field()).isEqualTo("hold_side");
        assertThat(closed(open("action", "CLOSE", "holdSide", "short")).direction())
                .isEqualTo(Direction.SHORT);
        assertThat(opens(open("action", "BUY", "hold_side", "long"))).isTrue();
    }

    @Test
    void b4_whatLiesInListsAndObjectsIsSeenToo() {
        opensNothing("flags", List.of("post", "reduce_only"));
        opensNothing("tags", List.of("平仓"));
        opensNothing("meta", Map.of("is_entry", false));
        opensNothing("context", Map.of("market_position", "0,0"));
        opensNothing("order", Map.of("id", "TP1"));
        opensNothing("strategy", Map.of("market_position", "", "position_size", "3"));
        opensNothing("strategy", Map.of("position_size", BigDecimal.ZERO));
        assertThat(opens(open("context", Map.of("market_position", "?", "open", "93", "is_entry", "true"))))
                .isTrue();
    }

    @Test
    void b4_aFlagOfOpeningThatIsFalseInAnyTypeOpensNothing() {
        for (Object no : List.of(false, BigDecimal.ZERO, "off", "No", "n")) {
            opensNothing("is_entry", no);
            stillCloses("is_entry", no);
        }
        assertThat(closed(open("action", "平多")).direction()).isEqualTo(Direction.LONG);
    }

    @ParameterizedTest
    @CsvSource({
        "comment, recovery of the trend",
        "comment, discover the range",
        "reason, momentum recovered",
        "name, EMA cross",
        "name, Trend follower",
        "id, 7",
        "id, long-1",
        "order_name, Long",
        "rule, breakout",
        "flags, post",
        "flags, reduceOnly=false",
        "is_entry, true",
        "isOpen, 1",
        "open, 93.2",
        "opening, 93.2",
        "new_position, true",
        "openClose, O",
        "open_position, 0",
        "trade_id, 17-sl-long-run",
        "position_direction, long",
        "offset, 开",
        "offset, 0.5",
        "comment, 水平支撑",
        "comment, 开多",
        "comment, лонг от уровня",
        "reason, profit factor 2.1 on the book",
        "reason, square root of variance is low",
        "reason, margin is ample",
        "holdSide, ''",
    })
    void b4_whatProducersReallySendStillOpens(String field, String value) {
        assertThat(opened(open(field, value)).side()).isEqualTo(quantum.market.Side.BUY);
    }

    @ParameterizedTest
    @CsvSource({
        "50, percent, 0.5",
        "50, percent_of_position, 0.5",
        "12.5, %, 0.125",
        "100, Percentage, 1",
        "0.5, percent, 0.005",
        "0.5, fraction, 0.5",
    })
    void b6_percentOfThePositionIsAFractionOfIt(String quantity, String unit, String fraction) {
        for (String name : List.of("quantity", "qty", "amount", "size", "close_qty")) {
            Intent.Close close = closed(open("action", "CLOSE", name, new BigDecimal(quantity), "qty_type", unit));
            assertThat(close.fraction()).isEqualByComparingTo(fraction);
            assertThat(close.quantity()).isNull();
            assertThat(close.origin().ignored()).doesNotContain(name, "qty_type");
        }
    }

    @Test
    void b6_aPartThatIsNoneIsRefusedByItsField() {
        for (String share : List.of("0", "-1", "100.1", "x")) {
            assertThat(refused(open("action", "CLOSE", "quantity", share, "qty_type", "percent"))
                            .field())
                    .isEqualTo("quantity");
        }
    }

    @ParameterizedTest
    @CsvSource({"qty, usd", "quantity, USDT", "size, quote", "amount, percent_of_equity", "qty, lots", "qty, cash"})
    void b6_aPartInAnotherUnitIsRefusedAndNeverClosesAll(String name, String unit) {
        Reading.Refusable refused = refused(open("action", "CLOSE", name, "3", "qty_type", unit));
        assertThat(refused.why()).isEqualTo(Refusal.FIELD_UNSUPPORTED);
        assertThat(refused.field()).isEqualTo("qty_type");
        assertThat(refused.detail()).contains("close_fraction").contains("quantity");
        assertThat(closed(open("action", "CLOSE", name, "3", "qty_type", unit, "close_fraction", "0.5"))
                        .fraction())
                .as("the part is known")
                .isEqualByComparingTo("0.5");
        assertThat(closed(open("action", "SELL", name, "3", "qty_type", unit, "market_position", "flat"))
                        .fraction())
                .as("it is all that ends")
                .isEqualByComparingTo("1");
        assertThat(closed(open("action", "CLOSE", "qty_type", unit)).fraction())
                .as("no part is named")
                .isEqualByComparingTo("1");
    }

    @Test
    void b7_equalNumbersAreTheSameIdentityAndContent() {
        Map<String, Object> whole = new HashMap<>(Map.of(
                "symbol", "BTCUSDT",
                "action", "BUY",
                "trace_id", new BigDecimal("7"),
                "position_size_usd", new BigDecimal("50"),
                "timestamp", new BigDecimal("1795914125048")));
        Map<String, Object> decimals = new HashMap<>(whole);
        decimals.put("trace_id", new BigDecimal("7.0"));
        decimals.put("position_size_usd", new BigDecimal("5.00E+1"));
        for (Object time : List.of(
                new BigDecimal("1795914125048.0"),
                new BigDecimal("1.795914125048E+12"),
                "1795914125048.000",
                "1.795914125048E12",
                "1795914125.048")) {
            decimals.put("timestamp", time);
            assertThat(opened(decimals).origin()).isEqualTo(opened(whole).origin());
        }
        decimals.put("timestamp", new BigDecimal("1795914125048.0"));
        whole.put("leverage", new BigDecimal("500"));
        whole.put("meta", Map.of("score", new BigDecimal("1"), "steps", List.of(new BigDecimal("2"))));
        decimals.put("leverage", new BigDecimal("500.0"));
        decimals.put("meta", Map.of("score", new BigDecimal("1.0"), "steps", List.of(new BigDecimal("2.00"))));
        assertThat(refused(decimals).origin().digest())
                .isEqualTo(refused(whole).origin().digest());
    }
}
