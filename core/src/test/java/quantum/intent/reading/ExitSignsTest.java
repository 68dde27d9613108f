package quantum.intent.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.intent.reading.Messages.closed;
import static quantum.intent.reading.Messages.open;
import static quantum.intent.reading.Messages.opened;
import static quantum.intent.reading.Messages.opens;
import static quantum.intent.reading.Messages.read;
import static quantum.intent.reading.Messages.refused;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.intent.Intent;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.market.Direction;

/** An exit that is read as an open is a position on the wrong side. No spelling of one opens anything. */
class ExitSignsTest {

    /** The 18 spellings that opened shorts. */
    @ParameterizedTest
    @CsvSource({
        "REDUCE_ONLY, true, CLOSE",
        "reduceonly, true, CLOSE",
        "ReduceOnly, true, CLOSE",
        "reduce-only, true, CLOSE",
        "isReduceOnly, true, CLOSE",
        "is_close, true, CLOSE",
        "close, true, CLOSE",
        "exit, true, CLOSE",
        "params.reduceOnly, true, CLOSE",
        "closeOnTrigger, true, CLOSE",
        "position_action, CLOSE, CLOSE",
        "offset, CLOSE, CLOSE",
        "type, close, CLOSE",
        "order_type, reduce_only, CLOSE",
        "market_position, flat, CLOSE",
        "signal, exit, REFUSED",
        "event, exit_fill, REFUSED",
        "reason, tp, REFUSED",
        "reason, stop, REFUSED",
        "reason, roi, REFUSED",
    })
    void j1_noSpellingOfAnExitOpens(String field, String value, String meaning) {
        Map<String, Object> message = open("action", "SELL", field, value);
        if (meaning.equals("CLOSE")) {
            assertThat(closed(message).direction()).isEqualTo(Direction.LONG);
        } else {
            assertThat(refused(message).why()).isEqualTo(Refusal.CLOSE_UNMARKED);
            assertThat(refused(message).field()).isEqualTo(field);
        }
        assertThat(opens(open("action", "BUY", field, value))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "marketPosition, flat",
        "market_position, FLAT",
        "strategy.market_position, flat",
        "market_position_size, 0",
        "closeOrder, true",
        "closeOrder, 1",
        "isClosing, yes",
        "exit_order, true",
        "CLOSE-POSITION, true",
        "info.closePosition, true",
        "position_effect, CLOSE",
        "tradeSide, close",
        "type, exit",
        "close_all, true",
        "flatten, true",
    })
    void iF1_aFieldThatIsMadeToSaySoCloses(String field, String value) {
        assertThat(closed(open("action", "SELL", field, value)).direction()).isEqualTo(Direction.LONG);
        assertThat(closed(open("action", "BUY", field, value)).direction()).isEqualTo(Direction.SHORT);
    }

    @ParameterizedTest
    @CsvSource({
        "exit_long, LONG",
        "EXIT_LONG, LONG",
        "exitLong, LONG",
        "close_long, LONG",
        "closeshort, SHORT",
        "close-short, SHORT",
        "exit short, SHORT",
        "buy_to_cover, SHORT",
        "sell_to_close, LONG",
    })
    void iF1_aWordThatNamesThePositionClosesIt(String word, Direction position) {
        assertThat(closed(open("action", word)).direction()).isEqualTo(position);
        assertThat(closed(open("action", position == Direction.LONG ? "SELL" : "BUY", "side", word))
                        .direction())
                .isEqualTo(position);
        Map<String, Object> flag = open("action", position == Direction.LONG ? "SELL" : "BUY");
        flag.put(word, true);
        assertThat(closed(flag).direction()).isEqualTo(position);
    }

    /** A coin that costs exactly 1: the close of its bar is a price, and no flag of 1. */
    @Test
    void theCloseOfABarIsNoExitWhateverItIs() {
        Map<String, Object> bar = open("open", new BigDecimal("0.99"), "high", new BigDecimal("1.01"));
        bar.putAll(Map.of("low", new BigDecimal("0.98"), "close", BigDecimal.ONE));
        assertThat(opens(bar)).isTrue();
        bar.replaceAll((name, value) -> value instanceof BigDecimal ? value.toString() : value);
        assertThat(opens(bar)).isTrue();
        bar.put("close", true);
        assertThat(closed(bar).direction()).isEqualTo(Direction.SHORT);
        assertThat(closed(open("close", BigDecimal.ONE)).direction())
                .as("no bar")
                .isEqualTo(Direction.SHORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "exit", "flat", "Close_Position", "close all", "flatten"})
    void iF1_aWordThatNamesNoneClosesWhatIsHeld(String word) {
        assertThat(closed(open("action", word)).direction()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "comment, Close entry(s) order Long",
        "order_id, Long Exit",
        "orderId, TP1",
        "signal, exit_long",
        "signal, close_short",
        "reason, take profit",
        "reason, SL hit",
        "reason, trailing",
        "reason, time",
        "comment, TP2 reached",
        "message, liquidated",
        "alert_message, flat now",
        "reason, stop_loss",
        "strategy_name, exit_monitor",
        "note, position closed by model",
        "exit_reason, roi",
        "exitTag, trailing",
        "should_exit, true",
        "needsClosing, yes",
        "reduce_position_now, on",
        "close_fraction, 0.5",
        "close_pct, 50",
        "event_type, position.close",
        "71000, reduceOnly",
    })
    void iF1_aHintOfAnExitIsRefusedByItsFieldAndNeverOpens(String field, String value) {
        Reading.Refusable refused = refused(open("action", "SELL", field, value));
        assertThat(refused.why()).isEqualTo(Refusal.CLOSE_UNMARKED);
        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused.detail())
                .startsWith(field)
                .contains("reduceOnly true")
                .contains("action CLOSE");
        assertThat(closed(open("action", "CLOSE", field, field.equals("close_fraction") ? "0.5" : value))
                        .action())
                .as("what is marked as an exit stays one")
                .isEqualTo(Intent.Action.CLOSE);
    }

    @Test
    void iF1_aFlagInsideAnObjectIsSeenToo() {
        assertThat(closed(open("action", "SELL", "params", Map.of("reduceOnly", true)))
                        .direction())
                .isEqualTo(Direction.LONG);
        assertThat(closed(open("action", "SELL", "strategy", Map.of("market_position", "flat")))
                        .direction())
                .isEqualTo(Direction.LONG);
        assertThat(refused(open("action", "SELL", "exchange_options", Map.of("reduce_only", "True")))
                        .why())
                .isEqualTo(Refusal.CLOSE_UNMARKED);
        assertThat(refused(open("action", "SELL", "tags", List.of("scalp", "exit")))
                        .why())
                .isEqualTo(Refusal.CLOSE_UNMARKED);
    }

    @Test
    void iF1_aStrategyThatStaysLongDoesNotSellToOpen() {
        assertThat(refused(open("action", "SELL", "market_position", "long")).why())
                .isEqualTo(Refusal.CLOSE_UNMARKED);
        assertThat(refused(open("action", "BUY", "direction", "short")).why()).isEqualTo(Refusal.CLOSE_UNMARKED);
        assertThat(refused(open("action", "SELL", "positionIdx", BigDecimal.ONE))
                        .why())
                .isEqualTo(Refusal.CLOSE_UNMARKED);
        assertThat(refused(open("action", "SELL", "position_size", "0")).why()).isEqualTo(Refusal.CLOSE_UNMARKED);
    }

    @ParameterizedTest
    @CsvSource({
        "prev_market_position, flat",
        "prev_market_position, long",
        "market_position, long",
        "position, long",
        "closeOrder, false",
        "exit, no",
        "close, 93.2",
        "close_time, 1767607200000",
        "prev_close, 91.4",
        "bar_trigger, once_per_bar_close",
        "reason, score above threshold",
        "reason, RSI oversold at support",
        "comment, closest support held",
        "source, strategy-router",
        "meta_strategy, momentum",
        "reason, manual",
        "signal, long",
        "complexity, complexity",
        "regime, FLAT",
        "type, entry",
        "type, market",
        "offset, open",
        "note, none",
    })
    void whatSaysNothingOfAnExitStillOpens(String field, String value) {
        assertThat(opened(open(field, value)).side()).isEqualTo(quantum.market.Side.BUY);
    }

    @Test
    void anUnreadableFlagIsRefusedInEverySpelling() {
        for (String name : List.of("REDUCE_ONLY", "closeOrder", "isClose", "exit", "close_on_trigger")) {
            Reading.Refusable refused = refused(open("action", "SELL", name, "perhaps"));
            assertThat(refused.why()).isEqualTo(Refusal.SCHEMA_INVALID);
            assertThat(refused.field()).isEqualTo(name);
        }
        assertThat(closed(open("action", "CLOSE", "reduceOnly", "perhaps")).action())
                .as("an exit that is known as one")
                .isEqualTo(Intent.Action.CLOSE);
    }

    @Test
    void longAndShortAreAnOrdersSideBesideReduceOnlyAndElseThePositionThatEnds() {
        assertThat(closed(open("action", "SHORT", "reduceOnly", true)).direction())
                .isEqualTo(Direction.LONG);
        assertThat(closed(open("action", "LONG", "closeOrder", true)).direction())
                .isEqualTo(Direction.LONG);
        assertThat(closed(open("action", "close", "side", "short")).direction()).isEqualTo(Direction.SHORT);
    }

    @Test
    void lawFiveACloseIsNotRefusedForWhatItCarries() {
        Map<String, Object> close = open("action", "CLOSE");
        close.putAll(Messages.message(
                "type",
                "LIMIT",
                "price",
                "91",
                "stop_los_pct",
                "9",
                "timestamp",
                "soon",
                "source",
                "x".repeat(300),
                "expires_at",
                "never",
                "leverage",
                "x",
                "stop_loss",
                "NaN"));
        Intent.Close read = closed(close);
        assertThat(read.fraction()).isEqualByComparingTo("1");
        assertThat(read.origin().ignored()).contains("type", "price", "stop_los_pct", "leverage");
    }

    @Test
    void aPartOfACloseIsUnderstoodInPercentAndRefusedWhereItIsMissing() {
        assertThat(closed(open("action", "CLOSE", "close_pct", "50")).fraction())
                .isEqualByComparingTo("0.5");
        assertThat(closed(open("action", "FULL_CLOSE", "qty_fraction", "0.25")).fraction())
                .isEqualByComparingTo("0.25");
        assertThat(closed(open("action", "PARTIAL_CLOSE", "percentage", "40")).fraction())
                .isEqualByComparingTo("0.4");
        assertThat(refused(open("action", "PARTIAL_CLOSE")).detail()).contains("close_fraction");
        assertThat(refused(open("action", "CLOSE", "close_pct", "0.5")).detail())
                .contains("close_fraction");
    }

    @Test
    void anOrderThatRestsUntilAPriceComesIsNoExitNow() {
        Reading.Refusable refused =
                refused(open("action", "SELL", "type", "STOP_MARKET", "stopPrice", "80", "closePosition", "true"));
        assertThat(refused.why()).isEqualTo(Refusal.FIELD_UNSUPPORTED);
        assertThat(refused.field()).isEqualTo("type");
        assertThat(closed(open("action", "SELL", "type", "LIMIT", "price", "80", "reduceOnly", "true"))
                        .direction())
                .isEqualTo(Direction.LONG);
    }

    /** Every sign in every writing, beside what an open carries. */
    @Test
    void j1_noSignInNoWritingOpens() {
        List<String> flags = List.of(
                "reduce only",
                "is reduce only",
                "close position",
                "close order",
                "is close",
                "is closing",
                "close",
                "exit",
                "is exit",
                "close on trigger",
                "exit order",
                "close all",
                "exit all",
                "close long",
                "exit short",
                "close trade",
                "exit position",
                "exit now",
                "reduce",
                "flatten",
                "params.reduce only",
                "should close",
                "do exit",
                "reduce position",
                "exit signal");
        List<String> truths = List.of("true", "True", "TRUE", "1", "yes", " true ");
        List<String> effects = List.of(
                "type", "order type", "offset", "position action", "position effect", "trade side", "action", "side");
        List<String> words =
                List.of("close", "exit", "close long", "exit long", "close short", "exit short", "reduce only", "flat");
        List<String> texts = List.of(
                "reason", "comment", "signal", "order id", "event", "tag", "message", "note", "exit reason", "source");
        List<String> hints = List.of(
                "exit",
                "close it",
                "Long Exit",
                "exit long",
                "closed",
                "CLOSE",
                "tp exit",
                "position close",
                "exitFill");
        Random random = new Random(42);
        for (int i = 0; i < 10_000; i++) {
            Map<String, Object> message = open("action", random.nextBoolean() ? "BUY" : "SELL");
            switch (random.nextInt(3)) {
                case 0 -> message.put(written(pick(flags, random), random), pick(truths, random));
                case 1 -> message.put(written(pick(effects, random), random), written(pick(words, random), random));
                default -> message.put(written(pick(texts, random), random), pick(hints, random));
            }
            if (random.nextInt(3) == 0) {
                message.put("stop_loss", "90");
                message.putIfAbsent("reduceOnly", "false");
            }
            assertThat(opens(message)).as(message.toString()).isFalse();
            assertThat(read(message)).isNotNull();
        }
    }

    private static <T> T pick(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Words as one name, in one of the ways in which names are written. */
    private static String written(String words, Random random) {
        List<String> parts = new ArrayList<>(List.of(words.split(" ")));
        return switch (random.nextInt(6)) {
            case 0 -> String.join("_", parts);
            case 1 -> String.join("_", parts).toUpperCase(Locale.ROOT);
            case 2 -> String.join("-", parts);
            case 3 -> String.join("", parts);
            case 4 -> camel(parts);
            default -> capital(camel(parts));
        };
    }

    private static String camel(List<String> parts) {
        StringBuilder name = new StringBuilder(parts.getFirst());
        parts.stream().skip(1).map(ExitSignsTest::capital).forEach(name::append);
        return name.toString();
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    @Test
    void aSignAloneIsACloseAlsoWithoutASide() {
        Map<String, Object> message = new HashMap<>(open("market_position", "flat"));
        message.remove("action");
        assertThat(closed(message).action()).isEqualTo(Intent.Action.CLOSE);
    }
}
