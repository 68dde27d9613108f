package quantum.trader.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.decision.Event;
import quantum.guard.Limits;
import quantum.intent.Closed;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.market.Symbol;
import quantum.record.Notice;
import quantum.rules.Rules;
import quantum.trader.Floor;

/** What broke the platform behind seed 004, by the numbers of docs/venues/crypto-com.md; the others stand beside the session. */
class CryptoComScenariosTest {

    private static final Symbol OTHER = new Symbol("BTC_USDT");
    private static final Symbol SMALL = new Symbol("SHIB_USD");
    private static final String CREATE_OCO = "POST /exchange/v1/private/advanced/create-oco";

    /** Readings come by the second, so that nobody waits a minute for one. */
    private static final Rules QUICK = quick(Rules.DEFAULT);

    @TempDir
    Path data = Path.of("");

    private @Nullable CoinFloor opened;

    private static Rules quick(Rules rules) {
        Duration second = Duration.ofSeconds(1);
        return new Rules(
                rules.limits(),
                rules.exits(),
                rules.confirmation(),
                rules.guarding(),
                new Rules.Reading(second, second, second, Duration.ofSeconds(2)),
                rules.positions(),
                rules.existing(),
                false);
    }

    @BeforeEach
    void patience() {
        Awaitility.setDefaultTimeout(Floor.PATIENCE);
    }

    @AfterEach
    void end() {
        if (opened != null) {
            opened.close();
        }
    }

    private CoinFloor floor(Rules rules, Symbol... others) {
        CoinFloor floor = CoinFloor.open(data, rules, others);
        opened = floor;
        return floor;
    }

    private static void down(CoinFloor floor) {
        floor.exchange.fault(
                "http", CREATE_OCO, "", ",\"status\":503,\"code\":50001,\"msg\":\"ERR_INTERNAL\",\"forMillis\":60000");
    }

    private static void bought(CoinFloor floor) {
        floor.send("i1", CoinFloor.BTC, "BUY", Map.of("stop_loss", "57000", "take_profit", "66000"));
        await().until(() -> floor.coins("BTC").compareTo(new BigDecimal("0.51")) == 0);
    }

    @Test
    void s05_aPauseStopsNeitherTheStopNorAFlatten() {
        CoinFloor floor = floor(QUICK);
        down(floor);
        bought(floor);
        floor.command(new Event.Command.Pause());
        floor.exchange.clearFaults();
        await().until(() -> floor.live().size() == 2);
        floor.send("i2", OTHER, "BUY", Map.of());
        await().until(() -> !floor.reports("i2").isEmpty());
        assertThat(floor.reports("i2").getFirst()).isInstanceOf(Report.Rejected.class);
        floor.command(new Event.Command.Flatten(null));
        await().until(() -> !floor.ends().isEmpty());
        assertThat(floor.ends().getFirst().reason()).isEqualTo(Closed.Reason.KILL);
        assertThat(floor.coins("BTC")).isEqualByComparingTo("0.5");
    }

    @Test
    void s06_aProcessThatEndsBetweenFillAndStopIsFollowedByOneThatProtects() {
        CoinFloor floor = floor(QUICK);
        down(floor);
        bought(floor);
        floor.stop();
        floor.exchange.clearFaults();
        floor.start();
        await().until(() -> floor.live().size() == 2);
        assertThat(floor.coins("BTC")).isEqualByComparingTo("0.51");
        assertThat(floor.orders("BUY")).hasSize(1);
    }

    /** The target of a pair is executed as an ordinary order of another id. */
    @Test
    void s08_aTargetThatIsExecutedUnderASecondIdIsOneSaleWithTheRightResult() {
        CoinFloor floor = floor(QUICK);
        floor.bought();
        floor.exchange.price("BTC_USD", "66100");
        await().until(() -> !floor.ends().isEmpty());
        Closed closed = floor.ends().getFirst();
        assertThat(closed.reason()).isEqualTo(Closed.Reason.TP);
        assertThat(closed.quantity().value()).isEqualByComparingTo("0.01");
        BigDecimal paid = closed.entryPrice().value().movePointLeft(2);
        BigDecimal got = Objects.requireNonNull(closed.exitPrice()).value().movePointLeft(2);
        Closed.Result result = closed.result();
        assertThat(Objects.requireNonNull(result.pnl()).add(Objects.requireNonNull(result.fees())))
                .isEqualByComparingTo(got.subtract(paid));
        assertThat(floor.orders("SELL").stream()
                        .filter(order -> order.path("status").asString().equals("FILLED")))
                .hasSize(1);
        await().until(() -> floor.live().isEmpty());
        assertThat(floor.ends()).hasSize(1);
    }

    @Test
    void s10_anOpenListWithoutThePairTakesNothingForCancelled() {
        CoinFloor floor = floor(QUICK);
        floor.exchange.settings("{\"spotAdvancedOpenListsAll\":false}");
        floor.bought();
        List<String> before = CoinFloor.ids(floor.live());
        int read = reads(floor);
        await().until(() -> reads(floor) >= read + 4);
        assertThat(CoinFloor.ids(floor.live())).isEqualTo(before);
        assertThat(floor.alerts()).extracting(Notice.Alert::key).noneMatch(key -> key.startsWith("rest-lost"));
    }

    private static int reads(CoinFloor floor) {
        return floor.exchange
                .requests("POST", "/exchange/v1/private/advanced/get-open-orders")
                .size();
    }

    @Test
    void s11_theEndOfOneLotTouchesNoLegOfAnother() {
        CoinFloor floor = floor(QUICK, OTHER);
        floor.bought();
        floor.send("i2", OTHER, "BUY", Map.of("stop_loss_pct", "5", "take_profit_pct", "9"));
        await().until(() -> !floor.reports("i2").isEmpty());
        assertThat(floor.reports("i2").getFirst()).isInstanceOf(Report.Filled.class);
        await().until(() -> floor.live(OTHER).size() == 2);
        List<String> before = CoinFloor.ids(floor.live(OTHER));
        floor.send("i3", CoinFloor.BTC, "CLOSE", Map.of());
        await().until(() -> !floor.ends().isEmpty());
        int read = reads(floor);
        await().until(() -> reads(floor) >= read + 4);
        assertThat(CoinFloor.ids(floor.live(OTHER))).isEqualTo(before);
        assertThat(floor.live(CoinFloor.BTC)).isEmpty();
        assertThat(floor.coins("BTC")).isGreaterThan(new BigDecimal("0.5"));
    }

    @Test
    void s12_ofTwoIntentsForTheLastPlaceOneIsCarriedOut() {
        Limits all = Rules.DEFAULT.limits();
        CoinFloor floor = floor(QUICK.withLimits(one(all)), OTHER);
        floor.send("i1", CoinFloor.BTC, "BUY", Map.of());
        floor.send("i2", OTHER, "BUY", Map.of());
        await().until(() -> floor.live().size() == 2 && !floor.reports("i2").isEmpty());
        assertThat(floor.orders("BUY")).hasSize(1);
        assertThat(floor.reports("i2").getFirst())
                .isInstanceOfSatisfying(
                        Report.Rejected.class, no -> assertThat(no.why()).isEqualTo(Refusal.POSITIONS_ABOVE_MAX));
    }

    /** With room for one position. */
    private static Limits one(Limits all) {
        Limits.Exposure exposure = new Limits.Exposure(1, 1, 1, all.exposure().liquidationSharePct());
        return new Limits(all.rates(), all.margin(), exposure, all.openMaxAge(), all.priceMaxAge());
    }

    @Test
    void s14_whatTheLedgerHoldsAndTheWalletDoesNotIsEndedAndNeverSold() {
        CoinFloor floor = floor(QUICK);
        floor.bought();
        floor.stop();
        floor.exchange.post("/sim/spot", "{\"coins\":{\"BTC\":\"0\"}}");
        int sales = floor.orders("SELL").size();
        floor.start();
        await().until(() -> floor.live().isEmpty());
        assertThat(floor.orders("SELL").stream()
                        .filter(order -> order.path("type").asString().equals("MARKET")))
                .isEmpty();
        assertThat(floor.orders("SELL")).hasSize(sales);
    }

    @Test
    void s15_aCoinOfManyZerosHasItsLevelsOnTheGridAndOnTheirSides() {
        CoinFloor floor = floor(QUICK, SMALL);
        floor.exchange.price("SHIB_USD", "0.000008500");
        floor.send("i1", SMALL, "BUY", Map.of("stop_loss_pct", "1", "take_profit_pct", "2"));
        await().until(() -> floor.live(SMALL).size() == 2);
        assertThat(floor.live(SMALL))
                .filteredOn(order -> order.path("type").asString().equals("STOP_LOSS"))
                .singleElement()
                .satisfies(stop -> assertThat(new BigDecimal(stop.path("level").asString()))
                        .isBetween(new BigDecimal("0.000008410"), new BigDecimal("0.000008420")));
        assertThat(floor.orders("SELL"))
                .singleElement()
                .satisfies(
                        target -> assertThat(new BigDecimal(target.path("price").asString()))
                                .isBetween(new BigDecimal("0.000008665"), new BigDecimal("0.000008675")));
    }

    /** The price passed the target before a pair could rest. */
    @Test
    void s16_aTargetThatWasPassedIsTakenAndNotTriedForEver() {
        CoinFloor floor = floor(QUICK);
        down(floor);
        bought(floor);
        floor.exchange.price("BTC_USD", "66500");
        floor.exchange.clearFaults();
        await().until(() -> !floor.ends().isEmpty());
        assertThat(floor.ends().getFirst().reason()).isEqualTo(Closed.Reason.TP);
        await().until(() -> floor.live().isEmpty());
        assertThat(floor.coins("BTC")).isEqualByComparingTo("0.5");
        assertThat(floor.exchange.requests("POST", "/exchange/v1/private/advanced/create-oco"))
                .hasSizeLessThan(8);
    }

    @Test
    void s17_fiveHundredRefusalsAreNotFiveHundredAlerts() {
        CoinFloor floor = floor(QUICK);
        floor.command(new Event.Command.Pause());
        IntStream.range(0, 500).forEach(i -> floor.send("b" + i, CoinFloor.BTC, "BUY", Map.of()));
        await().until(() -> !floor.reports("b499").isEmpty());
        assertThat(IntStream.range(0, 500).mapToObj(i -> floor.reports("b" + i)))
                .allSatisfy(reports -> assertThat(reports)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Report.Rejected.class,
                                report -> assertThat(report.why()).isEqualTo(Refusal.PAUSED)));
        assertThat(floor.alerts()).hasSizeLessThan(5);
    }
}
