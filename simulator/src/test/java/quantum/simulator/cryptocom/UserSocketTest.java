package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.simulator.Json;
import tools.jackson.databind.JsonNode;

/** The customer's socket: sessions, subscriptions, what is published and what may be sent. */
class UserSocketTest extends CryptoComContract {

    private static int code(JsonNode frame) {
        return frame.path("code").asInt(-1);
    }

    @Test
    void sessionIsOpenedBySignatureOnceAndLetsOrdersIn() {
        var frames = open("user");
        assertThat(code(ask(frames, BALANCE, "{}"))).isEqualTo(40101);
        assertThat(code(subscribe(frames, "user.order"))).isEqualTo(40101);
        var auth = signed("public/auth", Json.object()).put("sig", "00");
        frames.send(Json.text(auth));
        await(() -> !frames.replies(auth.path("id").asLong()).isEmpty());
        assertThat(code(frames.replies(auth.path("id").asLong()).getFirst())).isEqualTo(40101);
        var open = user();
        assertThat(code(ask(open, BALANCE, "{}"))).isZero();
        assertThat(ask(open, CREATE, REST.formatted("ws"))
                        .path("result")
                        .path("order_id")
                        .isString())
                .isTrue();
        assertThat(detail("ws").text("status")).isEqualTo("ACTIVE");
    }

    @Test
    void firstMessageCarriesTheWholeNameAndLaterOnesTheChannel() {
        done(CREATE, REST.formatted("before"));
        var frames = user();
        var first = subscribe(frames, "user.order.BTC_USD");
        assertThat(first.path("method").asString()).isEqualTo("subscribe");
        var result = first.path("result");
        assertThat(result.path("channel").asString()).isEqualTo("user.order.BTC_USD");
        assertThat(result.path("subscription").asString()).isEqualTo("user.order.BTC_USD");
        assertThat(texts(result.path("data"), "client_oid")).containsExactly("before");
        done(CREATE, REST.formatted("after"));
        await(() -> !frames.rows("user.order.BTC_USD").isEmpty());
        var later = frames.all().getLast();
        assertThat(later.path("id").asInt()).isEqualTo(-1);
        assertThat(later.path("result").path("channel").asString()).isEqualTo("user.order");
        assertThat(later.path("result").path("subscription").asString()).isEqualTo("user.order.BTC_USD");
        assertThat(later.path("result").path("instrument_name").asString()).isEqualTo("BTC_USD");
    }

    @Test
    void publishedOrderLooksUnlikeTheOneOfRest() {
        var frames = user();
        subscribe(frames, "user.order");
        done(CREATE, BUY.formatted("shape"));
        await(() -> !frames.rows("user.order").isEmpty());
        var row = frames.rows("user.order").getFirst();
        assertThat(row.path("status").asString()).isEqualTo("FILLED");
        assertThat(row.path("transaction_time_ns").isIntegralNumber()).isTrue();
        assertThat(row.path("transaction_time_ns").asString()).matches("[0-9]{19}");
        assertThat(row.path("maker_fee_rate").asString()).isEqualTo("0");
        assertThat(row.has("reason") || row.has("ref_price_type")).isFalse();
        assertThat(row.path("order_id").isString()).isTrue();
    }

    @Test
    void orderThatFillsAtOnceIsPublishedOnceByItsEnd() {
        var frames = user();
        subscribe(frames, "user.order");
        done(CREATE, BUY.formatted("once"));
        done(CREATE, REST.formatted("rest"));
        depth("0.004");
        price("BTC_USD", "48999.99");
        depth("1");
        price("BTC_USD", "48999.98");
        await(() -> frames.rows("user.order").size() == 4);
        assertThat(texts(Json.array().addAll(frames.rows("user.order")), "status"))
                .containsExactly("FILLED", "ACTIVE", "ACTIVE", "FILLED");
        assertThat(frames.rows("user.order").get(2).path("cumulative_quantity").asString())
                .isEqualTo("0.00400");
    }

    @Test
    void tradesArePublishedWithNegativeFees() {
        var frames = user();
        assertThat(subscribe(frames, "user.trade.BTC_USD")
                        .path("result")
                        .path("data")
                        .isEmpty())
                .isTrue();
        done(CREATE, BUY.formatted("traded"));
        await(() -> !frames.rows("user.trade.BTC_USD").isEmpty());
        var row = frames.rows("user.trade.BTC_USD").getFirst();
        assertThat(decimal(row, "fees")).isEqualByComparingTo("-0.00005");
        assertThat(row.path("client_oid").asString()).isEqualTo("traded");
    }

    @Test
    void subscriptionOfAnotherPairHearsNothing() {
        var frames = user();
        subscribe(frames, "user.order.ETH_USD");
        subscribe(frames, "user.order.BTC_USD");
        done(CREATE, REST.formatted("btc"));
        done(CREATE, REST.formatted("eth").replace("BTC_USD", "ETH_USD").replace("49000", "2000"));
        await(() -> !frames.rows("user.order.ETH_USD").isEmpty());
        assertThat(texts(Json.array().addAll(frames.rows("user.order.ETH_USD")), "client_oid"))
                .containsExactly("eth");
        assertThat(texts(Json.array().addAll(frames.rows("user.order.BTC_USD")), "client_oid"))
                .containsExactly("btc");
    }

    @Test
    void anotherCustomerHearsNothing() {
        control("account", "{'apiKey':'second','secret':'other'}");
        var frames = user();
        var other = open("user");
        var auth = Json.object().put("id", 5).put("method", "public/auth").put("api_key", "second");
        var nonce = Long.toString(nonce());
        auth.put("nonce", nonce)
                .put("sig", new ClientSignature("other").of("public/auth", "5", "second", Json.object(), nonce));
        other.send(Json.text(auth));
        await(() -> !other.replies(5).isEmpty());
        subscribe(frames, "user.order");
        assertThat(code(subscribe(other, "user.order"))).isZero();
        done(CREATE, REST.formatted("mine"));
        await(() -> !frames.rows("user.order").isEmpty());
        ask(other, BALANCE, "{}");
        assertThat(other.rows("user.order")).isEmpty();
    }

    @Test
    void advancedOrdersArePublishedWithNumbersAsIds() {
        var frames = user();
        subscribe(frames, "user.advance.order.BTC_USD");
        subscribe(frames, "user.order");
        pair("tp", "sl");
        price("BTC_USD", "48900");
        await(() -> frames.rows("user.advance.order.BTC_USD").stream()
                .anyMatch(row -> row.path("client_oid").asString().equals("sl")
                        && row.path("status").asString().equals("FILLED")));
        for (var row : frames.rows("user.advance.order.BTC_USD")) {
            assertThat(row.path("order_id").isIntegralNumber()).isTrue();
            assertThat(row.path("list_id").isIntegralNumber()).isTrue();
        }
        var last = frames.rows("user.advance.order.BTC_USD").getLast();
        assertThat(last.path("exchange_order_id").asString())
                .isEqualTo(advanced("sl").text("exchange_order_id"));
        assertThat(frames.rows("user.order"))
                .as("the child is an ordinary order")
                .anyMatch(row ->
                        row.path("order_id").asString().equals(advanced("sl").text("exchange_order_id")));
        assertThat(texts(Json.array().addAll(frames.rows("user.order")), "client_oid"))
                .doesNotContain("sl", "tp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user.advanced.order", "user.positions.BTC", "user.order.NO_PAIR", "ticker.BTC_USD", ""})
    void channelThatIsNotThereIsRefused(String channel) {
        assertThat(code(subscribe(user(), channel))).isEqualTo(40003);
    }

    @Test
    void balancesArePublishedTogetherAndLate() {
        settings("{'spotBalancePushMillis':800}");
        var frames = user();
        var first =
                subscribe(frames, "user.balance").path("result").path("data").path(0);
        assertThat(first.path("account_id").isString()).isTrue();
        assertThat(first.path("position_balances").size()).isEqualTo(2);
        done(CREATE, BUY.formatted("one"));
        done(CREATE, BUY.formatted("two"));
        assertThat(frames.rows("user.balance")).isEmpty();
        await(() -> !frames.rows("user.balance").isEmpty());
        assertThat(frames.rows("user.balance")).hasSize(1);
        assertThat(frames.rows("user.balance")
                        .getFirst()
                        .path("position_balances")
                        .size())
                .isEqualTo(3);
    }

    @Test
    void publicationComesBeforeOrAfterTheAcknowledgement() {
        settings("{'spotAckDelayMillis':30,'spotPushFirstPercent':100}");
        var frames = user();
        subscribe(frames, "user.order");
        for (int percent : List.of(100, 0)) {
            settings("{'spotPushFirstPercent':%d}".formatted(percent));
            int seen = frames.all().size();
            var acknowledged = ask(frames, CREATE, REST.formatted("order" + percent));
            await(() -> frames.all().size() >= seen + 2);
            var two = frames.all().subList(seen, seen + 2);
            assertThat(two.get(percent == 100 ? 1 : 0)).isEqualTo(acknowledged);
        }
    }

    @Test
    void aThirdOfTheOrdersIsPublishedFirst() {
        settings("{'spotAckDelayMillis':5}");
        var frames = user();
        subscribe(frames, "user.order");
        int first = 0;
        int orders = 60;
        for (int i = 0; i < orders; i++) {
            int seen = frames.all().size();
            ask(frames, CREATE, REST.formatted("n" + i).replace("0.01", "0.0001"));
            await(() -> frames.all().size() >= seen + 2);
            if (frames.all().get(seen).path("id").asLong() == -1) first++;
        }
        assertThat(first).isBetween(orders / 6, orders / 2);
    }

    @Test
    void triggersAreSentButNotReadOnTheSocket() {
        coins("{'BTC':'1'}");
        var frames = user();
        assertThat(code(ask(frames, ADVANCED + "create-order", STOP.formatted("ws"))))
                .isZero();
        assertThat(code(ask(frames, ADVANCED + "get-order-detail", "{'client_oid':'ws'}")))
                .isEqualTo(40002);
        assertThat(code(ask(frames, ADVANCED + "cancel-order", "{'client_oid':'ws'}")))
                .isZero();
        assertThat(advanced("ws").text("status")).isEqualTo("CANCELED");
    }

    @Test
    void textAndBinaryFramesAreTaken() {
        var frames = user();
        var request = Json.object().put("id", 77).put("method", CREATE);
        request.set("params", tree(REST.formatted("binary")));
        frames.sendBinary(Json.text(request));
        await(() -> !frames.replies(77).isEmpty());
        assertThat(detail("binary").text("status")).isEqualTo("ACTIVE");
    }

    @Test
    void subscriptionWithoutAnIdIsTakenAndOneOfNothingAnymoreIsSilent() {
        var frames = user();
        frames.send(json("{'method':'subscribe','params':{'channels':['user.order.BTC_USD']},'nonce':1}"));
        await(() -> !frames.replies(-1).isEmpty());
        assertThat(code(frames.replies(-1).getFirst())).isZero();
        done(CREATE, REST.formatted("heard"));
        await(() -> frames.replies(-1).size() == 2);
        assertThat(code(ask(frames, "unsubscribe", "{'channels':['user.order.BTC_USD']}")))
                .isZero();
        done(CREATE, REST.formatted("unheard"));
        ask(frames, BALANCE, "{}");
        assertThat(frames.replies(-1)).hasSize(2);
    }

    @Test
    void brokenFramesAreAnsweredUnderError() {
        var frames = user();
        frames.send("{");
        await(() -> !frames.replies(-1).isEmpty());
        var answer = frames.replies(-1).getFirst();
        assertThat(answer.path("method").asString()).isEqualTo("ERROR");
        assertThat(code(answer)).isEqualTo(40001);
        assertThat(code(ask(frames, "private/no-such-method", "{}"))).isEqualTo(40002);
        assertThat(code(ask(frames, BALANCE, "{}"))).isZero();
    }

    @Test
    void ordersOfAConnectionEndWithItWhereSoAsked() {
        coins("{'BTC':'1'}");
        var frames = user();
        assertThat(ask(frames, "private/set-cancel-on-disconnect", "{'scope':'CONNECTION'}")
                        .path("result")
                        .path("scope")
                        .asString())
                .isEqualTo("CONNECTION");
        ask(frames, CREATE, REST.formatted("bound"));
        ask(frames, ADVANCED + "create-order", STOP.formatted("stop"));
        done(CREATE, REST.formatted("free"));
        var other = user();
        ask(other, CREATE, REST.formatted("other"));
        other.close();
        frames.close();
        await(() -> detail("bound").text("status").equals("CANCELED"));
        assertThat(detail("free").text("status")).isEqualTo("ACTIVE");
        assertThat(detail("other").text("status")).isEqualTo("ACTIVE");
        assertThat(advanced("stop").text("status")).isIn("PENDING", "NEW");
    }

    @Test
    void revokedKeyEndsItsConnections() {
        var frames = user();
        control("key", "{'apiKey':'simkey','revoked':true}");
        await(() -> frames.closeCode() != 0);
    }
}
