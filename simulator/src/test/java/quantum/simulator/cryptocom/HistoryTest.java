package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders that are over, and trades. */
class HistoryTest extends CryptoComContract {

    private static final String HISTORY = "private/get-order-history";
    private static final String TRADES = "private/get-trades";

    private void trade(int count) {
        for (int i = 0; i < count; i++) done(CREATE, BUY.formatted("t" + i).replace("0.01", "0.001"));
    }

    @Test
    void tradesComeNewestFirstAndAreNotFilteredByOrder() {
        trade(4);
        var id = detail("t0").text("order_id");
        var trades = done(TRADES, "{'order_id':'%s','limit':3}".formatted(id)).data();
        assertThat(texts(trades, "client_oid")).containsExactly("t3", "t2", "t1");
        var row = trades.path(0);
        assertThat(row.path("journal_type").asString()).isEqualTo("TRADING");
        assertThat(row.path("trade_id").asString()).matches("[0-9]{19}");
        assertThat(row.path("match_count").isIntegralNumber()).isTrue();
        assertThat(row.path("traded_quantity").asString()).isEqualTo("0.00100");
        assertThat(row.path("transact_time_ns").asString()).matches("[0-9]{19}");
        assertThat(done(TRADES, "{'instrument_name':'ETH_USD'}").data().size()).isZero();
    }

    @Test
    void historyHoldsWhatIsOverInNoOrderToRelyOn() {
        trade(8);
        done(CREATE, REST.formatted("open"));
        var names = texts(done(HISTORY, "{}").data(), "client_oid");
        assertThat(names).hasSize(8).doesNotContain("open");
        assertThat(names).isNotEqualTo(names.stream().sorted().toList());
        assertThat(names).isNotEqualTo(names.stream().sorted().toList().reversed());
    }

    @Test
    void limitMustBeANumber() {
        for (var method : new String[] {HISTORY, TRADES, ADVANCED + "get-order-history"}) {
            assertThat(refusal(method, "{'limit':'10'}")).as(method).isEqualTo("400 40003");
            done(method, "{'limit':10}");
        }
    }

    @Test
    void windowHoldsItsStartAndNotItsEnd() {
        trade(1);
        var at = detail("t0").text("create_time_ns");
        long nanos = Long.parseLong(at);
        assertThat(done(TRADES, "{'start_time':%d}".formatted(nanos)).data().size())
                .isEqualTo(1);
        assertThat(done(TRADES, "{'start_time':'%d'}".formatted(nanos + 1))
                        .data()
                        .size())
                .isZero();
        assertThat(done(TRADES, "{'end_time':'%d'}".formatted(nanos)).data().size())
                .isZero();
        assertThat(done(TRADES, "{'end_time':%d}".formatted(nanos + 1)).data().size())
                .isEqualTo(1);
        assertThat(done(TRADES, "{'start_time':%d,'end_time':%d}".formatted(nanos + 5, nanos - 5))
                        .data()
                        .size())
                .as("an inverted window is no error")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 1_000, 1})
    void momentIsGivenInMillisMicrosOrNanos(long unit) {
        trade(1);
        long nanos = Long.parseLong(detail("t0").text("create_time_ns"));
        long before = (nanos - TimeUnit.SECONDS.toNanos(1)) / unit;
        long after = (nanos + TimeUnit.SECONDS.toNanos(1)) / unit;
        assertThat(done(HISTORY, "{'start_time':%d,'end_time':'%d'}".formatted(before, after))
                        .data()
                        .size())
                .isEqualTo(1);
        assertThat(done(HISTORY, "{'start_time':%d}".formatted(after)).data().size())
                .isZero();
    }

    @Test
    void lastDayIsTheWindowWhereNoneIsGiven() {
        trade(1);
        control("clock", "{'offsetMillis':%d}".formatted(TimeUnit.HOURS.toMillis(25)));
        signatureAhead(TimeUnit.HOURS.toMillis(25));
        assertThat(done(HISTORY, "{}").data().size()).isZero();
        assertThat(done(HISTORY, "{'start_time':1}").data().size()).isEqualTo(1);
    }

    @Test
    void advancedHistoryOfALongWindowIsEmpty() {
        coins("{'BTC':'1'}");
        done(ADVANCED + "create-order", STOP.formatted("gone"));
        done(ADVANCED + "cancel-order", "{'client_oid':'gone'}");
        assertThat(done(ADVANCED + "get-order-history", "{}").data().size()).isEqualTo(1);
        long now = System.currentTimeMillis();
        long days = TimeUnit.DAYS.toMillis(3);
        assertThat(done(
                                ADVANCED + "get-order-history",
                                "{'start_time':%d,'end_time':%d}".formatted(now - days, now + 1_000))
                        .data()
                        .size())
                .isZero();
    }
}
