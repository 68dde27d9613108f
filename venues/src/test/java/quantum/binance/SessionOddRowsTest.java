package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.market.Price;
import quantum.venue.Call;
import quantum.venue.ConditionalUpdate;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.ConditionalsRead;
import quantum.venue.VenueEvent.Held;
import quantum.venue.VenueEvent.IncomeRead;
import quantum.venue.VenueEvent.PositionsRead;
import quantum.venue.VenueEvent.ReadFailed;
import quantum.venue.VenueEvent.Ready;
import quantum.venue.VenueEvent.Unclear;
import quantum.venue.VenueEvent.Unread;

/** One odd row of a list is odd alone: it is named, and fails neither the list nor the start (I-F8, I-F22). */
final class SessionOddRowsTest {

    private static final String GOOD =
            "{\"symbol\":\"ETHUSDT\",\"positionSide\":\"BOTH\",\"positionAmt\":\"2\",\"entryPrice\":\"2000\",\"markPrice\":\"2010\"}";
    private static final String ODD =
            "{\"symbol\":\"BTCUSDT\",\"positionSide\":\"BOTH\",\"positionAmt\":\"-0.5\",\"entryPrice\":\"60000\",\"markPrice\":\"60100\"}";
    private static final String REST =
            "{\"symbol\":\"%s\",\"clientAlgoId\":\"%s\",\"algoId\":%s,\"algoStatus\":\"%s\",\"triggerPrice\":\"%s\"}";

    private Script script;

    @BeforeEach
    void start() {
        script = Script.ready();
    }

    private PositionsRead positions(String... rows) {
        script.usual.put(Script.POSITIONS, "[" + String.join(",", rows) + "]");
        script.call(new Call.ReadPositions());
        script.settle();
        return script.events(PositionsRead.class).getLast();
    }

    private List<String> told() {
        return script.events(Unread.class).stream().map(Unread::kind).toList();
    }

    @Test
    void iF8_aPositionWithoutAnEntryPriceIsHeldAtTheMark() {
        PositionsRead read = positions(GOOD, ODD.replace("\"60000\"", "\"0.0\""));
        assertThat(read.unclear()).isEmpty();
        assertThat(read.positions()).hasSize(2);
        Held odd = read.positions().getLast();
        assertThat(odd.entryPrice()).isEqualTo(Price.of("60100"));
        assertThat(odd.quantity().value()).isEqualByComparingTo("0.5");
        assertThat(told()).containsExactly("entryPrice of the position in BTCUSDT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "", "much"})
    void iF8_aPositionWithoutAMarkHasTheLastOneThatWasToldOrItsEntry(String mark) {
        String odd = ODD.replace("60100", mark);
        assertThat(positions(GOOD, odd).positions().getLast().mark()).isEqualTo(Price.of("60000"));
        script.frame(StreamName.MARKET, "[{\"E\":1700000001000,\"s\":\"BTCUSDT\",\"p\":\"60050\"}]");
        assertThat(positions(GOOD, odd).positions().getLast().mark()).isEqualTo(Price.of("60050"));
        assertThat(positions(GOOD, odd.replace("60000", "0"))
                        .positions()
                        .getLast()
                        .entryPrice())
                .isEqualTo(Price.of("60050"));
    }

    @ParameterizedTest
    @CsvSource({
        "BTCUSDT, BTC-USDT?, is not a symbol",
        "-0.5, half, is not a number",
        "BOTH, SHORT, position mode",
        "BOTH, SIDEWAYS, neither BOTH"
    })
    void iF8_aRowThatIsNotClearIsToldAsItIsAndHidesNoOther(String from, String to, String why) {
        PositionsRead read = positions(ODD.replace(from, to), GOOD);
        assertThat(read.positions())
                .singleElement()
                .satisfies(held -> assertThat(held.symbol().name()).isEqualTo("ETHUSDT"));
        assertThat(read.unclear()).singleElement().satisfies(row -> {
            assertThat(row.toString()).contains(to);
            assertThat(row.why()).contains(why);
        });
        assertThat(script.events(ReadFailed.class)).isEmpty();
    }

    @Test
    void iF8_aPositionOfWhichNoPriceIsKnownIsNotClear() {
        PositionsRead read =
                positions(GOOD, ODD.replace("60000", "0").replace("60100", "0").replace("BTCUSDT", "NEWUSDT"));
        assertThat(read.unclear())
                .containsExactly(
                        new Unclear("NEWUSDT", "BOTH", "-0.5", "0", "neither its entry price nor a mark is known"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"symbol":"BTCUSDT","marginType":"CROSSED","leverage":"20"} | 20 | ''
            {"symbol":"BTCUSDT","marginType":"CROSSED","leverage":"a lot"} | 1 | symbolConfig of BTCUSDT
            {"symbol":"BTC USDT","marginType":"CROSSED","leverage":20} | 1 | symbolConfig of BTC USDT
            {"symbol":"BTCUSDT","leverage":20} | 1 | symbolConfig of BTCUSDT
            """)
    void iF8_anOddRowOfSymbolConfigDelaysTheProtectionOfNothing(String row, int leverage, String kind) {
        script.usual.put(
                "/fapi/v1/symbolConfig",
                "[" + row + ",{\"symbol\":\"ETHUSDT\",\"marginType\":\"ISOLATED\",\"leverage\":3}]");
        script.usual.put(Script.POSITIONS, "[" + GOOD + "," + ODD + "]");
        script.dropped(StreamName.PRIVATE);
        script.pass(java.time.Duration.ofSeconds(1));
        script.settle();
        script.opened(StreamName.PRIVATE);
        script.settle();
        assertThat(script.events(PositionsRead.class).getLast().positions())
                .extracting(Held::leverage)
                .containsExactly(3, leverage);
        assertThat(script.events(Ready.class)).hasSize(1);
        if (!kind.isEmpty()) {
            assertThat(told()).contains(kind);
        }
    }

    @Test
    void iF8_anOddConditionalOrderIsNamedAndHidesNoOther() {
        script.usual.put(
                "/fapi/v1/openAlgoOrders",
                "[" + REST.formatted("ETHUSDT", "qs-1", "1", "NEW", "1900") + ","
                        + REST.formatted("ETHUSDT", "qs-2", "2", "SNOOZING", "1800") + ","
                        + REST.formatted("ETHUSDT", "qs-3", "\"x\"", "NEW", "1700") + ","
                        + REST.formatted("ETHUSDT", "qs-4", "4", "NEW", "low") + "]");
        script.call(new Call.ReadConditionals());
        script.settle();
        assertThat(script.events(ConditionalsRead.class).getLast().rests())
                .extracting(rest -> rest.clientId().value(), ConditionalUpdate::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("qs-1", ConditionalUpdate.Status.NEW),
                        org.assertj.core.groups.Tuple.tuple("qs-2", ConditionalUpdate.Status.NEW));
        assertThat(told())
                .containsExactly(
                        "state SNOOZING of a conditional order",
                        "conditional order qs-3 in ETHUSDT",
                        "conditional order qs-4 in ETHUSDT");
    }

    @Test
    void iF22_anIncomeWhoseTransactionIsATextCounts() {
        String row =
                "{\"symbol\":\"ETHUSDT\",\"incomeType\":\"FUNDING_FEE\",\"income\":\"-0.5\",\"asset\":\"USDT\",\"time\":1700000000000,\"tranId\":%s}";
        script.usual.put(
                Endpoints.INCOME,
                "[" + row.formatted("\"9689322392\"") + "," + row.formatted("\"9689322392\"") + "," + row.formatted("7")
                        + "]");
        script.call(new Call.ReadIncome(Call.ReadIncome.Kind.FUNDING, null, Script.SERVER));
        script.settle();
        assertThat(script.events(IncomeRead.class).getLast().payments()).hasSize(2);
    }

    @Test
    void iF8_oddRowsOfEveryListDoNotKeepTheServiceFromStarting() {
        Script fresh = new Script();
        fresh.usual.put(Script.POSITIONS, "[" + ODD.replace("60000", "0.0") + ",{\"symbol\":7},\"what\"]");
        fresh.usual.put("/fapi/v1/symbolConfig", "[{\"symbol\":\"\"},7]");
        fresh.usual.put("/fapi/v1/openAlgoOrders", "[" + REST.formatted("", "", "0", "?", "1") + ",7]");
        fresh.begin();
        fresh.settle();
        fresh.openStreams();
        fresh.settle();
        assertThat(fresh.events(Ready.class)).hasSize(1);
        assertThat(fresh.events(VenueEvent.Unusable.class)).isEmpty();
        assertThat(fresh.events(PositionsRead.class).getFirst().positions()).hasSize(1);
        assertThat(fresh.events(PositionsRead.class).getFirst().unclear()).hasSize(2);
    }
}
