package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.OpensHalted;
import quantum.venue.VenueEvent.OrderAnswered;

/** The exchange's limits, method by method (crypto-com 1). */
final class RequestGateTest {

    private final Script script = Script.ready();

    private void open(int number) {
        script.call(new Call.Open(new ClientOrderId("qo-" + number), Script.BTC, Side.BUY, Quantity.of("0.01"), 1));
    }

    private void close(int number) {
        script.call(new Call.Close(new ClientOrderId("qx-" + number), Script.BTC, Side.SELL, Quantity.of("0.01")));
    }

    /** How many requests of a method left within each window of this length. */
    private long most(String method, Duration window) {
        List<Long> at = new ArrayList<>();
        for (int i = 0; i < script.sent.size(); i++) {
            if (script.sent.get(i).method().equals(method)) {
                at.add(script.sentNanos.get(i));
            }
        }
        return at.stream()
                .mapToLong(from -> at.stream()
                        .filter(each -> each >= from && each < from + window.toNanos())
                        .count())
                .max()
                .orElse(0);
    }

    @ParameterizedTest
    @CsvSource({
        "private/create-order, 15, 100",
        "private/cancel-order, 15, 100",
        "private/get-order-detail, 30, 100",
        "private/advanced/get-order-detail, 3, 100",
        "private/advanced/create-oco, 3, 100",
        "private/user-balance, 3, 100",
        "private/get-trades, 1, 1000",
        "private/get-order-history, 1, 1000",
        "public/get-tickers, 10, 100"
    })
    void eachMethodHasItsOwnLimit(String method, int requests, long millis) {
        RequestGate.Limit limit = RequestGate.Limit.of(method);
        assertThat(limit.requests()).isEqualTo(requests);
        assertThat(limit.window()).isGreaterThan(Duration.ofMillis(millis).toNanos());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noWindowEverHoldsMoreThanItsLimit(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            ClientOrderId id = new ClientOrderId("qs-" + i);
            switch (random.nextInt(6)) {
                case 0 -> open(i);
                case 1 -> close(i);
                case 2 -> script.call(new Call.QueryOrder(id, Script.BTC, null));
                case 3 -> script.call(new Call.QueryConditional(id, Script.BTC));
                case 4 -> script.call(new Call.ReadAccount());
                default -> script.call(new Call.ReadTrades(Script.BTC, Instant.parse("2026-11-30T11:00:00Z")));
            }
            script.pass(Duration.ofMillis(random.nextInt(8)));
        }
        script.pass(Duration.ofSeconds(90));
        assertThat(most(Script.CREATE, Duration.ofMillis(100))).isBetween(1L, 15L);
        assertThat(most(Script.DETAIL, Duration.ofMillis(100))).isBetween(1L, 30L);
        assertThat(most(Script.ADVANCED_DETAIL, Duration.ofMillis(100))).isEqualTo(3);
        assertThat(most(Script.BALANCE, Duration.ofMillis(100))).isBetween(1L, 3L);
        assertThat(most(Script.TRADES, Duration.ofSeconds(1))).isEqualTo(1);
    }

    @Test
    void aThirdOfTheLimitIsLeftToExits() {
        for (int i = 0; i < 30; i++) {
            open(i);
        }
        assertThat(script.sentMethods()).hasSize(10);
        for (int i = 0; i < 10; i++) {
            close(i);
        }
        assertThat(script.sentMethods()).hasSize(15);
        assertThat(Script.json(script.sent.getLast().body())
                        .path("params")
                        .path("side")
                        .asString())
                .isEqualTo("SELL");
    }

    @Test
    void exitsLeaveBeforeOpensThatWaitedLonger() {
        for (int i = 0; i < 15; i++) {
            close(i);
        }
        open(1);
        close(99);
        script.pass(Duration.ofMillis(110));
        List<String> sides = script.sent.subList(15, 17).stream()
                .map(http ->
                        Script.json(http.body()).path("params").path("side").asString())
                .toList();
        assertThat(sides).containsExactly("SELL", "BUY");
    }

    @Test
    void aRefusalForTooManyRequestsStopsOpensForLongerEachTime() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 32}) {
            script.forget();
            open(seconds);
            script.refuse(Script.CREATE, 429, 42901);
            OpensHalted halted = script.only(OpensHalted.class);
            assertThat(halted.halt()).isEqualTo(VenueEvent.Halt.LIMITED);
            assertThat(Duration.between(script.server(), halted.until())
                            .minusSeconds(seconds)
                            .abs())
                    .isLessThan(Duration.ofSeconds(1));
            script.pass(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void anExitIsTriedAgainSoonAfterARefusalForTooManyRequests() {
        open(1);
        script.refuse(Script.CREATE, 429, 42901);
        script.forget();
        close(1);
        assertThat(script.sentMethods()).isEmpty();
        script.pass(Duration.ofMillis(200));
        assertThat(script.sentMethods()).containsExactly(Script.CREATE);
    }

    @Test
    void anOpenThatWaitedTooLongIsNotSent() {
        open(1);
        script.refuse(Script.CREATE, 429, 42901);
        script.pass(Duration.ofSeconds(1));
        open(2);
        script.refuse(Script.CREATE, 429, 42901);
        script.pass(Duration.ofSeconds(2));
        open(3);
        script.refuse(Script.CREATE, 429, 42901);
        script.forget();
        open(4);
        script.pass(Duration.ofSeconds(4));
        assertThat(script.sentMethods()).isEmpty();
        assertThat(script.only(OrderAnswered.class).answer()).isInstanceOf(Answer.NotSent.class);
    }

    @Test
    void theLoadIsThatOfTheFullestMethod() {
        script.call(new Call.ReadIncome(Call.ReadIncome.Kind.FUNDING, null, Instant.EPOCH));
        assertThat(script.session.load().used()).isZero();
        script.call(new Call.ReadAccount());
        script.call(new Call.ReadPositions());
        close(1);
        assertThat(script.session.load().used()).isEqualTo(2);
        assertThat(script.session.load().limit()).isEqualTo(3);
    }

    @Test
    void questionsWithoutEndAreRefusedBeforeTheyFillTheMemory() {
        for (int i = 0; i < 600; i++) {
            script.call(new Call.ReadTrades(Script.BTC, Instant.parse("2026-11-30T11:00:00Z")));
        }
        assertThat(script.events(VenueEvent.ReadFailed.class)).hasSize(99);
    }
}
