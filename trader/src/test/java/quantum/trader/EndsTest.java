package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.position.PositionMode;
import quantum.rules.Rules;
import tools.jackson.databind.JsonNode;

/**
 * Every way in which a position ends, over sockets: one {@code trade.closed} within seconds, with the true reason and the
 * exchange's own figures, funding included (INC-I45, INC-I59). Each has a symbol of its own on the floor of its mode.
 */
class EndsTest {

    /** Positions are compared so seldom that nothing here is noticed by that. */
    private static final Rules BY_THE_STREAM = new Rules(
            Floor.unlimitedRates(),
            Floor.quickRules().exits(),
            Floor.quickRules().confirmation(),
            Rules.DEFAULT.guarding(),
            new Rules.Reading(
                    Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofSeconds(2), Duration.ofSeconds(15)),
            PositionMode.ONE_WAY,
            Rules.DEFAULT.existing(),
            false);

    /** Long before the positions are compared, however slow the machine is. */
    private static final Duration WITHIN_SECONDS = Duration.ofSeconds(40);

    private static final Map<PositionMode, Floor> FLOORS = new EnumMap<>(PositionMode.class);

    @BeforeAll
    static void open(@TempDir Path data) {
        for (PositionMode mode : PositionMode.values()) {
            FLOORS.put(mode, Floor.open(data.resolve(mode.name()), BY_THE_STREAM.withPositions(mode)));
        }
    }

    @AfterAll
    static void close() {
        FLOORS.values().forEach(Floor::close);
    }

    /** A position under test. */
    private record Held(Floor floor, PositionMode mode, String symbol, boolean isLong, String quantity) {

        static Held open(Floor floor, PositionMode mode, String symbol, boolean isLong) {
            String id = "open-" + symbol;
            floor.open(id, symbol, isLong ? "BUY" : "SELL", "600", "leverage", "2", "stop_loss_pct", "3");
            JsonNode report = floor.ending(id);
            assertThat(text(report, "status")).isEqualTo("filled");
            await().atMost(Floor.PATIENCE)
                    .until(() -> floor.exchange().liveStops(symbol).size() == 1);
            return new Held(floor, mode, symbol, isLong, text(report, "quantity"));
        }

        Exchange exchange() {
            return floor.exchange();
        }

        String side() {
            return mode == PositionMode.ONE_WAY ? "BOTH" : isLong ? "LONG" : "SHORT";
        }

        void fund(String rate) {
            exchange().post("/sim/funding", "{\"symbol\":\"%s\",\"rate\":\"%s\"}".formatted(symbol, rate));
        }

        /** A part of what was held at first, to three decimals. */
        String part(String share) {
            return new BigDecimal(quantity)
                    .multiply(new BigDecimal(share))
                    .setScale(symbol.equals("BTCUSDT") ? 3 : 1, RoundingMode.DOWN)
                    .toPlainString();
        }

        void forced(String kind, String more) {
            exchange()
                    .post(
                            "/sim/close",
                            "{\"symbol\":\"%s\",\"positionSide\":\"%s\",\"kind\":\"%s\"%s}"
                                    .formatted(symbol, side(), kind, more));
        }

        void byHand(String amount) {
            String side = isLong ? "SELL" : "BUY";
            if (mode == PositionMode.ONE_WAY) {
                exchange().byHand(side, symbol, amount);
            } else {
                exchange().byHand(side, symbol, amount, side());
            }
        }

        void close(String id, String... more) {
            String[] fields = java.util.Arrays.copyOf(more, more.length + 2);
            fields[more.length] = "position_side";
            fields[more.length + 1] = isLong ? "LONG" : "SHORT";
            floor.close(id + symbol, symbol, fields);
            assertThat(text(floor.ending(id + symbol), "status")).isEqualTo("filled");
        }

        void knownAs(String amount) {
            await().atMost(WITHIN_SECONDS)
                    .until(() -> Objects.requireNonNull(floor.trader().view()).positions().stream()
                            .anyMatch(p ->
                                    p.symbol().equals(symbol) && p.quantity().compareTo(new BigDecimal(amount)) == 0));
        }

        JsonNode closed() {
            await().atMost(WITHIN_SECONDS)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !floor.ends(symbol).isEmpty());
            assertThat(floor.ends(symbol)).hasSize(1);
            return floor.ends(symbol).getFirst();
        }

        void endsAs(String reason) {
            JsonNode closed = closed();
            assertThat(text(closed, "reason")).isEqualTo(reason);
            assertThat(text(closed, "position_side")).isEqualTo(isLong ? "LONG" : "SHORT");
            Bookkeeping books = Bookkeeping.of(exchange(), symbol, side(), isLong);
            assertThat(books.funding().signum()).as("there was funding").isNotZero();
            books.assertTold(closed);
            await().atMost(Floor.PATIENCE)
                    .until(() -> exchange().liveStops(symbol).isEmpty());
            assertThat(floor.ends(symbol)).hasSize(1);
        }

        String minus(String amount) {
            return new BigDecimal(quantity).subtract(new BigDecimal(amount)).toPlainString();
        }
    }

    /** Beside each other: most of an end is the pause before the exchange's list of payments may be read again. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({
        "ONE_WAY, ETHUSDT, true, stop, sl",
        "ONE_WAY, SOLUSDT, false, intent, signal",
        "ONE_WAY, XRPUSDT, true, flatten, kill",
        "ONE_WAY, ADAUSDT, true, liquidation, liquidation",
        "ONE_WAY, DOGEUSDT, false, adl, adl",
        "ONE_WAY, AVAXUSDT, true, settlement, settlement",
        "ONE_WAY, LINKUSDT, false, hand, external",
        "ONE_WAY, DOTUSDT, true, reduced, signal",
        "ONE_WAY, LTCUSDT, true, partly, signal",
        "ONE_WAY, ATOMUSDT, false, parts, signal",
        "HEDGE, ETHUSDT, true, stop, sl",
        "HEDGE, ADAUSDT, true, liquidation, liquidation",
        "HEDGE, LINKUSDT, false, hand, external",
        "HEDGE, DOTUSDT, true, reduced, signal",
        "HEDGE, ATOMUSDT, false, parts, signal"
    })
    void oneEndWithTheExchangesFigures(PositionMode mode, String symbol, boolean isLong, String end, String reason) {
        Floor floor = Objects.requireNonNull(FLOORS.get(mode));
        Held held = Held.open(floor, mode, symbol, isLong);
        held.fund("0.0003");
        switch (end) {
            case "stop" -> {
                JsonNode stop = held.exchange().liveStops(symbol).getFirst();
                held.exchange().price(symbol, text(stop, "triggerPrice"));
            }
            case "intent" -> held.close("c");
            case "flatten" -> floor.flatten(symbol);
            case "liquidation" -> held.forced("LIQUIDATION", "");
            case "adl" -> held.forced("ADL", "");
            case "settlement" ->
                held.exchange().post("/sim/symbol", "{\"symbol\":\"%s\",\"status\":\"DELIVERED\"}".formatted(symbol));
            case "hand" -> held.byHand(held.quantity());
            case "reduced" -> {
                held.byHand(held.part("0.4"));
                held.knownAs(held.minus(held.part("0.4")));
                held.fund("-0.0002");
                held.close("c");
            }
            case "partly" -> {
                held.forced("LIQUIDATION", ",\"quantity\":\"" + held.part("0.5") + "\"");
                held.knownAs(held.minus(held.part("0.5")));
                held.fund("0.0001");
                held.close("c");
            }
            default -> {
                held.close("first", "close_fraction", "0.3");
                held.fund("0.0005");
                held.close("second", "close_fraction", "0.5");
                held.close("rest");
            }
        }
        held.endsAs(reason);
    }

    @Test
    void turnedByHandIsOneEndAndAFoundPositionThatHasAnother() {
        Floor floor = Objects.requireNonNull(FLOORS.get(PositionMode.ONE_WAY));
        Held held = Held.open(floor, PositionMode.ONE_WAY, "BNBUSDT", true);
        held.fund("0.0003");
        BigDecimal funding =
                Bookkeeping.of(floor.exchange(), "BNBUSDT", "BOTH", true).funding();
        held.exchange()
                .byHand(
                        "SELL",
                        "BNBUSDT",
                        new BigDecimal(held.quantity()).multiply(BigDecimal.TWO).toPlainString());
        JsonNode closed = held.closed();
        assertThat(text(closed, "reason")).isEqualTo("external");
        assertThat(text(closed, "position_side")).isEqualTo("LONG");
        assertThat(Exchange.decimal(closed, "quantity")).isEqualByComparingTo(held.quantity());
        assertThat(Exchange.decimal(closed, "funding_usd")).isEqualByComparingTo(funding);
        await().atMost(Floor.PATIENCE)
                .until(() -> floor.exchange().liveStops("BNBUSDT").size() == 1);
        held.fund("0.0007");
        BigDecimal since = Bookkeeping.of(floor.exchange(), "BNBUSDT", "BOTH", true)
                .funding()
                .subtract(funding);
        floor.flatten("BNBUSDT");
        await().atMost(WITHIN_SECONDS).until(() -> floor.ends("BNBUSDT").size() == 2);
        JsonNode second = floor.ends("BNBUSDT").getLast();
        assertThat(text(second, "position_side")).isEqualTo("SHORT");
        assertThat(text(second, "reason")).isEqualTo("kill");
        assertThat(Exchange.decimal(second, "funding_usd"))
                .isEqualByComparingTo(since)
                .isPositive();
    }

    @Test
    void longAndShortOfOneSymbolHaveEachItsOwnFunding() {
        Floor floor = Objects.requireNonNull(FLOORS.get(PositionMode.HEDGE));
        floor.open("long", "BTCUSDT", "BUY", "600");
        floor.ending("long");
        floor.open("short", "BTCUSDT", "SELL", "1500");
        floor.ending("short");
        await().atMost(Floor.PATIENCE)
                .until(() -> floor.exchange().liveStops("BTCUSDT").size() == 2);
        floor.exchange().post("/sim/funding", "{\"symbol\":\"BTCUSDT\",\"rate\":\"0.0004\"}");
        floor.flatten("BTCUSDT");
        await().atMost(WITHIN_SECONDS).until(() -> floor.ends("BTCUSDT").size() == 2);
        for (JsonNode closed : floor.ends("BTCUSDT")) {
            boolean isLong = text(closed, "position_side").equals("LONG");
            Bookkeeping.of(floor.exchange(), "BTCUSDT", text(closed, "position_side"), isLong)
                    .assertTold(closed);
        }
    }

    /** Nobody hears anything: the periodic reading shows that it is gone, and its order tells who did it. */
    @ParameterizedTest
    @CsvSource({
        "ONE_WAY, LIQUIDATION, liquidation",
        "ONE_WAY, ADL, adl",
        "HEDGE, LIQUIDATION, liquidation",
        "HEDGE, SETTLEMENT, settlement"
    })
    void theReasonIsTrueAlsoWhereTheStreamIsSilent(PositionMode mode, String kind, String reason, @TempDir Path data) {
        try (Floor floor = Floor.open(data, Floor.quickRules().withPositions(mode))) {
            Held held = Held.open(floor, mode, "ETHUSDT", true);
            held.fund("0.0003");
            floor.exchange().post("/sim/fault", "{\"kind\":\"silence\",\"millis\":60000}");
            held.forced(kind, "");
            held.endsAs(reason);
        }
    }

    @Test
    void incomeThatIsListedLateIsAwaited(@TempDir Path data) {
        try (Floor floor = Floor.open(data, Floor.quickRules())) {
            Held held = Held.open(floor, PositionMode.ONE_WAY, "ETHUSDT", true);
            floor.exchange().settings("{\"incomeDelayMillis\":4000}");
            held.fund("0.0003");
            held.close("c");
            held.endsAs("signal");
            assertThat(floor.exchange().requests("GET", "/fapi/v1/income").size())
                    .isGreaterThan(1);
        }
    }
}
