package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.market.Balance;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Call;
import quantum.venue.Call.ReadIncome.Kind;
import quantum.venue.ConditionalUpdate;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.AccountRead;
import quantum.venue.VenueEvent.ConditionalsRead;
import quantum.venue.VenueEvent.HoldingsRead;
import quantum.venue.VenueEvent.IncomeRead;
import quantum.venue.VenueEvent.InstrumentsRead;
import quantum.venue.VenueEvent.ReadFailed;
import quantum.venue.VenueEvent.TradesRead;

/** What the account holds, what rests, and what was traded. */
final class AccountReadsTest {

    private static final String USD = "{\"instrument_name\":\"USD\",\"quantity\":\"1000\",\"reserved_qty\":\"0\","
            + "\"max_withdrawal_balance\":\"340.12345678\"}";
    private static final String CRO = "{\"instrument_name\":\"CRO\",\"quantity\":\"29\",\"reserved_qty\":\"0\","
            + "\"max_withdrawal_balance\":\"0\"}";
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final Script script = Script.ready();

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    private static Balance balance(String asset, String wallet, String available) {
        return new Balance(asset, new BigDecimal(wallet), new BigDecimal(available));
    }

    @Test
    void whatIsHeldIsTheWholeQuantityOfEachCoin() {
        script.call(new Call.ReadPositions());
        script.answer(Script.BALANCE, Script.balances(USD, CRO));
        assertThat(script.only(HoldingsRead.class).coins())
                .containsExactly(balance("USD", "1000", "340.12345678"), balance("CRO", "29", "0"));
    }

    /** An open limit buy shows in max_withdrawal_balance alone; reserved_qty stays 0. */
    @Test
    void whatIsFreeIsWhatCouldBeWithdrawn() {
        script.call(new Call.ReadAccount());
        script.answer(Script.BALANCE, Script.balances(USD));
        assertThat(script.only(AccountRead.class).balances()).containsExactly(balance("USD", "1000", "340.12345678"));
    }

    /** 5 of 11 readings still lacked the buy that was acknowledged before them. */
    @Test
    void aBalanceCountsAsOlderThanItsQuestion() {
        long asked = script.now().nanos();
        script.call(new Call.ReadPositions());
        script.answer(Script.BALANCE, Script.balances(USD));
        assertThat(script.only(HoldingsRead.class).askedNanos())
                .isEqualTo(asked - Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aCoinThatOneListLacksKeepsItsFiguresAndIsNamedAndAtTheSecondItIsGone() {
        script.call(new Call.ReadAccount());
        script.answer(Script.BALANCE, Script.balances(USD, CRO));
        script.call(new Call.ReadAccount());
        script.answer(Script.BALANCE, Script.balances(CRO));
        assertThat(script.events(AccountRead.class).getLast().lacked()).containsExactly("USD");
        assertThat(script.events(AccountRead.class).getLast().balances())
                .contains(balance("USD", "1000", "340.12345678"));
        script.pass(Duration.ofMillis(110));
        script.call(new Call.ReadAccount());
        script.answer(Script.BALANCE, Script.balances(CRO));
        assertThat(script.events(AccountRead.class).getLast().balances()).containsExactly(balance("CRO", "29", "0"));
    }

    @Test
    void borrowedCoinsLeaveNothingFreeAndAnOddRowHidesNoOther() {
        script.call(new Call.ReadAccount());
        script.answer(
                Script.BALANCE,
                Script.balances(
                        "{\"instrument_name\":\"USD\",\"quantity\":\"-5\",\"max_withdrawal_balance\":\"-5\"}",
                        "{\"instrument_name\":\"ETH\",\"quantity\":\"much\",\"max_withdrawal_balance\":\"0\"}",
                        CRO));
        assertThat(script.only(AccountRead.class).balances())
                .contains(balance("USD", "-5", "0"), balance("CRO", "29", "0"));
        assertThat(script.only(VenueEvent.Unread.class).kind()).isEqualTo("balance of ETH");
    }

    @Test
    void aPushedBalanceIsAnOldOne() {
        long now = script.now().nanos();
        script.push("user.balance", "{\"account_id\":\"x\",\"position_balances\":[" + USD + "]}");
        assertThat(script.only(AccountRead.class).askedNanos())
                .isEqualTo(now - Duration.ofSeconds(3).toNanos());
        assertThat(script.events(HoldingsRead.class)).isEmpty();
    }

    @Test
    void aReadingThatFailedSaysSoAndWhetherAskingAgainHelps() {
        script.call(new Call.ReadPositions());
        script.lose(Script.BALANCE);
        assertThat(script.only(ReadFailed.class).isFinal()).isFalse();
        script.forget();
        script.call(new Call.ReadAccount());
        script.refuse(Script.BALANCE, 401, 40101);
        assertThat(script.only(ReadFailed.class).isFinal()).isTrue();
    }

    @Test
    void nothingIsPaidForHoldingCoins() {
        Call.ReadIncome call = new Call.ReadIncome(Kind.FUNDING, Script.BTC, NOON);
        script.call(call);
        assertThat(script.only(IncomeRead.class).payments()).isEmpty();
        assertThat(script.only(IncomeRead.class).call()).isEqualTo(call);
        assertThat(script.sent).isEmpty();
    }

    @Test
    void theRulesAreReadAgainWhenAsked() {
        script.call(new Call.ReadRules());
        assertThat(script.waiting(Script.INSTRUMENTS).isGet()).isTrue();
        script.usually(Script.INSTRUMENTS);
        assertThat(script.only(InstrumentsRead.class).instruments()).hasSize(2);
        script.call(new Call.ReadRules());
        script.lose(Script.INSTRUMENTS);
        assertThat(script.only(ReadFailed.class).call()).isEqualTo(new Call.ReadRules());
    }

    @Test
    void whatRestsIsReadFromTheOpenOrdersAndFromTheListsThatAreKnown() {
        script.call(new Call.PlacePair(
                new ClientOrderId(Shapes.STOP),
                new ClientOrderId(Shapes.TARGET),
                Script.BTC,
                Direction.LONG,
                Quantity.of("0.001"),
                Price.of("57000"),
                Price.of("66000")));
        script.answer(Script.CREATE_OCO, "{\"list_id\":\"" + Shapes.LIST + "\"}");
        String both = Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("PENDING"));
        script.usual.put(Script.LIST_DETAIL, both);
        script.settle();
        script.pass(Duration.ofSeconds(4));
        script.settle();
        script.forget();
        script.call(new Call.ReadConditionals());
        String foreign = Shapes.leg("99", "web_1", "TAKE_PROFIT", "PENDING", "0", "")
                .replace("\"list_id\":\"" + Shapes.LIST + "\",", "");
        script.answer(Script.ADVANCED_OPEN, Shapes.data(foreign, "{\"order_id\":\"5\"}"));
        assertThat(script.params(Script.LIST_DETAIL))
                .isEqualTo(Script.json("{\"list_id_list\":[\"" + Shapes.LIST + "\"]}"));
        script.answer(Script.LIST_DETAIL, both);
        List<ConditionalUpdate> rests = script.only(ConditionalsRead.class).rests();
        assertThat(rests)
                .extracting(each -> each.clientId().value())
                .containsExactlyInAnyOrder("web_1", Shapes.STOP, Shapes.TARGET);
        assertThat(rests).allMatch(each -> each.status() == ConditionalUpdate.Status.NEW);
        ConditionalUpdate stop = rests.stream()
                .filter(each -> each.clientId().value().equals(Shapes.STOP))
                .findFirst()
                .orElseThrow();
        assertThat(stop.shape())
                .isEqualTo(
                        new ConditionalUpdate.Shape(Side.SELL, Direction.LONG, Call.Level.STOP, Quantity.of("0.001")));
    }

    @Test
    void whatRestsIsNotReadInPart() {
        String both = Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("PENDING"));
        script.call(new Call.ReadConditionals());
        script.answer(Script.ADVANCED_OPEN, both);
        script.lose(Script.LIST_DETAIL);
        assertThat(script.events(ConditionalsRead.class)).isEmpty();
        assertThat(script.events(ReadFailed.class)).hasSize(1);
    }

    @Test
    void aPairOfAnEarlierLifeIsFollowedOnceItWasRead() {
        script.call(new Call.ReadConditionals());
        String both = Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("PENDING"));
        script.answer(Script.ADVANCED_OPEN, both);
        script.answer(Script.LIST_DETAIL, both);
        assertThat(script.only(ConditionalsRead.class).rests()).hasSize(2);
        script.push("user.advance.order", Shapes.fired("ACTIVE"));
        assertThat(script.events(VenueEvent.ConditionalChanged.class)
                        .getLast()
                        .update()
                        .status())
                .isEqualTo(ConditionalUpdate.Status.TRIGGERED);
    }

    @Test
    void tradesAreAskedForWithNumbersInNanoseconds() {
        script.call(new Call.ReadTrades(Script.BTC, NOON.minusSeconds(3600)));
        var params = script.params(Script.TRADES);
        assertThat(params.path("instrument_name").asString()).isEqualTo("BTC_USD");
        assertThat(params.path("limit").isIntegralNumber()).isTrue();
        assertThat(params.path("limit").asInt()).isEqualTo(100);
        assertThat(params.path("start_time").isIntegralNumber()).isTrue();
        assertThat(params.path("start_time").asLong()).isEqualTo(nanos(NOON.minusSeconds(3600)));
        assertThat(params.path("end_time").asLong()).isGreaterThan(nanos(NOON));
    }

    @Test
    void tradesComeOldestFirstAndAFeeIsPositiveWhereItWasPaid() {
        script.call(new Call.ReadTrades(Script.BTC, NOON.minusSeconds(3600)));
        script.answer(
                Script.TRADES,
                Shapes.data(
                        Shapes.trade("7", 13, "SELL", "0.002", "0.01", "USD", nanos(NOON.minusSeconds(10))),
                        Shapes.trade("6", 12, "BUY", "0.001", "-0.0000005", "BTC", nanos(NOON.minusSeconds(20))),
                        Shapes.trade("6", 11, "BUY", "0.001", "-0.276", "USD", nanos(NOON.minusSeconds(30)) + 7)));
        List<Call.Trade> trades = script.only(TradesRead.class).trades();
        assertThat(trades).extracting(Call.Trade::tradeId).containsExactly(11L, 12L, 13L);
        assertThat(trades.get(0).fee()).isEqualByComparingTo("0.276");
        assertThat(trades.get(0).other()).isNull();
        assertThat(trades.get(0).time()).isEqualTo(NOON.minusSeconds(30).plusNanos(7));
        assertThat(trades.get(1).fee()).isNull();
        assertThat(trades.get(1).other()).isEqualTo(new Call.OtherFee("BTC", new BigDecimal("0.0000005")));
        assertThat(trades.get(2).fee()).isEqualByComparingTo("-0.01");
        assertThat(trades.get(2).position()).isNull();
    }

    @Test
    void longTimesAreReadBackwardsDayByDayOnceASecond() {
        script.call(new Call.ReadTrades(Script.BTC, NOON.minus(Duration.ofHours(60))));
        long before = Long.MAX_VALUE;
        for (int window = 0; window < 3; window++) {
            var params = script.params(Script.TRADES);
            long start = params.path("start_time").asLong();
            long end = params.path("end_time").asLong();
            assertThat(end - start).isLessThanOrEqualTo(Duration.ofHours(24).toNanos());
            if (window > 0) {
                assertThat(end).isEqualTo(before);
            }
            before = start;
            script.answer(Script.TRADES, "{\"data\":[]}");
            if (window < 2) {
                assertThat(script.awaits(Script.TRADES)).isFalse();
                script.pass(Duration.ofMillis(1100));
            }
        }
        assertThat(before).isEqualTo(nanos(NOON.minus(Duration.ofHours(60))));
        assertThat(script.only(TradesRead.class).trades()).isEmpty();
    }

    @Test
    void aFullPageIsFollowedByTheOneBeforeItAndNoTradeCountsTwice() {
        script.call(new Call.ReadTrades(Script.BTC, NOON.minusSeconds(3600)));
        String[] page = new String[100];
        for (int i = 0; i < 100; i++) {
            page[i] = Shapes.trade("6", 500 - i, "BUY", "0.001", "-0.1", "USD", nanos(NOON) - i);
        }
        script.answer(Script.TRADES, Shapes.data(page));
        script.pass(Duration.ofMillis(1100));
        assertThat(script.params(Script.TRADES).path("end_time").asLong()).isEqualTo(nanos(NOON) - 98);
        script.answer(
                Script.TRADES,
                Shapes.data(page[99], Shapes.trade("6", 400, "BUY", "0.001", "-0.1", "USD", nanos(NOON) - 99)));
        List<Call.Trade> trades = script.only(TradesRead.class).trades();
        assertThat(trades).hasSize(101);
        assertThat(trades).extracting(Call.Trade::tradeId).doesNotHaveDuplicates();
    }

    @Test
    void aTradeThatCannotBeReadMakesTheSumUnknown() {
        script.call(new Call.ReadTrades(Script.BTC, NOON.minusSeconds(3600)));
        script.answer(Script.TRADES, Shapes.data(Shapes.trade("7", 13, "SELL", "0", "0.01", "USD", nanos(NOON))));
        assertThat(script.events(TradesRead.class)).isEmpty();
        assertThat(script.events(ReadFailed.class)).hasSize(1);
    }
}
