package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.OrderAnswered;
import quantum.venue.VenueEvent.OrderChanged;
import quantum.venue.VenueEvent.OrderQueried;
import quantum.venue.VenueEvent.PairAnswered;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Replies and frames, damaged at random from a seed: nothing escapes, every call has its one answer, and no order is
 * called refused or taken unless the damaged text still says so.
 */
final class ReplyFuzzTest {

    private static final int ROUNDS = 300;
    private static final ClientOrderId ID = new ClientOrderId("qo-1");
    private static final String ORDER = "6142909898247428343";
    private static final String ACK =
            "{\"id\":7,\"method\":\"private/create-order\",\"code\":0,\"result\":{\"client_oid\":\"qo-1\","
                    + "\"order_id\":\"" + ORDER + "\"}}";
    private static final String REFUSAL = "{\"id\":7,\"method\":\"private/create-order\",\"code\":306,"
            + "\"message\":\"INSUFFICIENT_AVAILABLE_BALANCE\",\"original\":\"{}\"}";
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "\"\"",
            "\"x\"",
            "-1",
            "0",
            "9007199254740993",
            "99999999999999999999999999",
            "1e400",
            "\"1e-400\"",
            "\"NaN\"",
            "[]",
            "{}",
            "[1.5]",
            "-9223372036854775808",
            "9223372036854775807");

    private static String pushed(String channel, String... rows) {
        return "{\"id\":-1,\"method\":\"subscribe\",\"code\":0,\"result\":{\"subscription\":\"" + channel
                + "\",\"channel\":\"" + channel + "\",\"data\":[" + String.join(",", rows) + "]}}";
    }

    private static final List<String> FRAMES = List.of(
            pushed("user.order", Shapes.order(ORDER, "qo-1", "BUY", "FILLED", "0.01", "0.01", "600", "60000")),
            pushed("user.order", Shapes.limit(Shapes.TARGET_ORDER, Shapes.TARGET, "ACTIVE", "0.001", "0.0004", "26.4")),
            pushed("user.advance.order", Shapes.fired("ACTIVE"), Shapes.target("CANCELED", "0")),
            pushed("user.trade", Shapes.trade(ORDER, 5, "BUY", "0.01", "-3", "USD", 1_796_040_000_123_456_789L)),
            pushed(
                    "user.balance",
                    "{\"position_balances\":[{\"instrument_name\":\"USD\",\"quantity\":\"1\","
                            + "\"max_withdrawal_balance\":\"1\"}]}"),
            "{\"id\":1796040001234,\"method\":\"public/heartbeat\",\"code\":0}",
            "{\"id\":1,\"method\":\"public/auth\",\"code\":0}");
    private static final String PRICE =
            "{\"id\":-1,\"method\":\"subscribe\",\"code\":0,\"result\":{\"instrument_name\":\"BTC_USD\","
                    + "\"subscription\":\"mark.BTC_USD\",\"channel\":\"mark\",\"data\":[{\"v\":\"60000\",\"t\":1796040000123}]}}";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noOrderIsCalledWhatItsAnswerDoesNotSay(long seed) {
        Random random = new Random(seed);
        Set<Class<?>> seen = new HashSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            int status = List.of(200, 200, 200, 400, 404, 500, 503).get(random.nextInt(7));
            String body = damaged(status == 200 ? ACK : REFUSAL, random);
            Script script = Script.ready();
            script.call(new Call.Open(ID, Script.BTC, Side.BUY, Quantity.of("0.01"), 1));
            guarded(seed, i, body, () -> script.reply(Script.CREATE, status, body));
            List<OrderAnswered> answers = script.events(OrderAnswered.class);
            if (answers.isEmpty()) {
                // Damaged to a refusal of our time: the order leaves once more.
                script.answer(Script.CREATE, "{\"client_oid\":\"qo-1\",\"order_id\":\"" + ORDER + "\"}");
                continue;
            }
            assertThat(answers).as("%s: %s", status, body).hasSize(1);
            check(answers.getFirst().answer(), status, body);
            seen.add(answers.getFirst().answer().getClass());
        }
        assertThat(seen).containsExactlyInAnyOrder(Answer.Accepted.class, Answer.Denied.class, Answer.NoAnswer.class);
    }

    private static void check(Answer<OrderUpdate> answer, int status, String body) {
        JsonNode json = parsed(body);
        switch (answer) {
            case Answer.Accepted<OrderUpdate>(OrderUpdate update) -> {
                assertThat(status).as(body).isEqualTo(200);
                JsonNode known = json == null ? fail("taken, but unreadable: " + body) : json;
                assertThat(known.path("code").asString()).isEqualTo("0");
                assertThat(known.path("result").path("order_id").asString())
                        .isEqualTo(update.orderId().value());
            }
            case Answer.Denied<OrderUpdate> denied -> {
                if (json == null) {
                    fail("refused, but unreadable: " + body);
                } else {
                    assertThat(json.path("code").asString()).isEqualTo(String.valueOf(denied.code()));
                }
            }
            case Answer.NoAnswer<OrderUpdate> _ -> {}
            case Answer.NotSent<OrderUpdate> _ -> fail("it was sent: " + body);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void noFillIsPublishedThatTheExchangeDidNotSay(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            String body = damaged(
                    "{\"id\":7,\"code\":0,\"result\":"
                            + Shapes.order(ORDER, "qo-1", "BUY", "FILLED", "0.01", "0.01", "600", "60000") + "}",
                    random);
            Script script = Script.ready();
            script.call(new Call.QueryOrder(ID, Script.BTC, null));
            guarded(seed, i, body, () -> script.reply(Script.DETAIL, 200, body));
            if (script.events(OrderQueried.class).isEmpty()) {
                assertThat(script.awaits(Script.DETAIL)).as(body).isTrue();
                continue;
            }
            Answer<OrderUpdate> answer = script.only(OrderQueried.class).answer();
            if (answer instanceof Answer.Accepted<OrderUpdate>(OrderUpdate update)) {
                JsonNode result =
                        parsed(body) == null ? fail(body) : Script.json(body).path("result");
                assertThat(update.executed().quantity())
                        .isEqualByComparingTo(result.path("cumulative_quantity").asString("0"));
                assertThat(update.status() == OrderUpdate.Status.FILLED
                                && update.executed().meanPrice() == null)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void noFrameEscapes(long seed) {
        Random random = new Random(seed);
        Script script = Script.ready();
        for (int i = 0; i < ROUNDS * 5; i++) {
            boolean isPrice = random.nextInt(5) == 0;
            StreamName stream = isPrice ? StreamName.MARKET : StreamName.PRIVATE;
            String text = damaged(isPrice ? PRICE : FRAMES.get(random.nextInt(FRAMES.size())), random);
            guarded(seed, i, text, () -> {
                script.frame(stream, text);
                while (!script.waiting.isEmpty()) {
                    String method = script.waiting.getFirst().method();
                    script.reply(
                            method,
                            200,
                            damaged("{\"code\":0,\"result\":" + Shapes.data(Shapes.stop("NEW")) + "}", random));
                }
                script.pass(Duration.ofMillis(random.nextInt(50)));
            });
            for (VenueEvent event : script.events) {
                if (event instanceof OrderChanged(OrderUpdate update)) {
                    assertThat(update.executed().quantity().signum() > 0)
                            .isEqualTo(update.executed().meanPrice() != null);
                }
            }
            script.events.clear();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void aPairIsAnsweredOnceWhateverTheExchangeSays(long seed) {
        Random random = new Random(seed);
        Set<Class<?>> seen = new HashSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            Script script = Script.ready();
            script.call(new Call.PlacePair(
                    new ClientOrderId(Shapes.STOP),
                    new ClientOrderId(Shapes.TARGET),
                    Script.BTC,
                    Direction.LONG,
                    Quantity.of("0.001"),
                    Price.of("57000"),
                    Price.of("66000")));
            String ack = "{\"code\":0,\"result\":{\"list_id\":\"" + Shapes.LIST + "\"}}";
            String list =
                    "{\"code\":0,\"result\":" + Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop("NEW")) + "}";
            guarded(seed, i, "a pair", () -> {
                script.reply(Script.CREATE_OCO, 200, random.nextBoolean() ? ack : damaged(ack, random));
                for (int round = 0;
                        round < 40 && script.events(PairAnswered.class).isEmpty();
                        round++) {
                    while (!script.waiting.isEmpty()) {
                        script.reply(script.waiting.getFirst().method(), 200, damaged(list, random));
                    }
                    script.pass(Duration.ofMillis(500));
                }
            });
            assertThat(script.events(PairAnswered.class)).hasSize(1);
            seen.add(script.only(PairAnswered.class).answer().getClass());
        }
        assertThat(seen).contains(Answer.Accepted.class, Answer.NoAnswer.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43})
    void everyReadingIsAnsweredOnceWhateverTheExchangeSays(long seed) {
        Random random = new Random(seed);
        List<Call> calls = List.of(
                new Call.ReadPositions(),
                new Call.ReadAccount(),
                new Call.ReadConditionals(),
                new Call.ReadOrders(null),
                new Call.ReadTrades(Script.BTC, Instant.parse("2026-11-30T11:00:00Z")),
                new Call.ReadRules(),
                new Call.QueryConditional(new ClientOrderId(Shapes.STOP), Script.BTC),
                new Call.CancelConditional(new ClientOrderId(Shapes.STOP), Script.BTC));
        for (int i = 0; i < ROUNDS; i++) {
            Script script = Script.ready();
            script.call(calls.get(random.nextInt(calls.size())));
            guarded(seed, i, "a reading", () -> {
                for (int round = 0; round < 40; round++) {
                    while (!script.waiting.isEmpty()) {
                        script.reply(script.waiting.getFirst().method(), 200, damaged(body(script, random), random));
                    }
                    script.pass(Duration.ofMillis(500));
                }
            });
            long answers = script.events.stream()
                    .filter(event -> switch (event) {
                        case VenueEvent.ReadFailed _,
                                VenueEvent.HoldingsRead _,
                                VenueEvent.AccountRead _,
                                VenueEvent.ConditionalsRead _,
                                VenueEvent.OrdersRead _,
                                VenueEvent.TradesRead _,
                                VenueEvent.InstrumentsRead _,
                                VenueEvent.ConditionalQueried _,
                                VenueEvent.ConditionalCancelled _ -> true;
                        default -> false;
                    })
                    .count();
            assertThat(answers).as("seed %s, round %s", seed, i).isGreaterThanOrEqualTo(1);
        }
    }

    private static String body(Script script, Random random) {
        String method = script.waiting.getFirst().method();
        String result = switch (method) {
            case Script.TRADES ->
                Shapes.data(Shapes.trade(ORDER, 5, "BUY", "0.01", "-3", "USD", 1_796_040_000_123_456_789L));
            case Script.ADVANCED_OPEN, Script.LIST_DETAIL, Script.ADVANCED_DETAIL ->
                Shapes.data(Shapes.target("ACTIVE", "0"), Shapes.stop(random.nextBoolean() ? "NEW" : "CANCELED"));
            case Script.OPEN_ORDERS -> Shapes.data(Shapes.limit("77", "web", "ACTIVE", "0.005", "0", "0"));
            default -> script.usual.getOrDefault(method, "{}");
        };
        return "{\"code\":0,\"result\":" + result + "}";
    }

    private static void guarded(long seed, int round, String text, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ", round " + round + " escaped: " + text + ": " + e, e);
        }
    }

    private static @Nullable JsonNode parsed(String text) {
        try {
            return Script.json(text);
        } catch (JacksonException _) {
            return null;
        }
    }

    /** Replaces a value, drops a field, or cuts the text. */
    private static String damaged(String text, Random random) {
        int way = random.nextInt(10);
        if (way == 0) {
            return text.substring(0, random.nextInt(text.length()));
        }
        if (way < 3) {
            return text;
        }
        List<MatchResult> fields = Pattern.compile("\"(\\w+)\":(\"[^\"]*\"|-?[\\d.]+|true|false|null)")
                .matcher(text)
                .results()
                .toList();
        MatchResult field = fields.get(random.nextInt(fields.size()));
        String replaced =
                way < 5 ? "\"other\":1" : "\"" + field.group(1) + "\":" + VALUES.get(random.nextInt(VALUES.size()));
        return text.substring(0, field.start()) + replaced + text.substring(field.end());
    }
}
