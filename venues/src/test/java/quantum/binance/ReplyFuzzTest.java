package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
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
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.ReadIncome.Kind;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.OrderAnswered;
import quantum.venue.VenueEvent.OrderChanged;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded replies and frames, damaged at random from a seed: nothing escapes, every call has its one answer, and no
 * order is called refused or taken unless the damaged text still says so.
 */
final class ReplyFuzzTest {

    private static final int ROUNDS = 400;
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final ClientOrderId ID = new ClientOrderId("qo-1");
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private static final String ACK = """
            {"orderId":8389765739703625592,"symbol":"ETHUSDT","status":"FILLED","clientOrderId":"qo-1","price":"0.00",
            "avgPrice":"3000.10","origQty":"2","executedQty":"2","side":"BUY","type":"MARKET","reduceOnly":false,
            "updateTime":1700000000123}""";
    private static final String REFUSAL = "{\"code\":-2019,\"msg\":\"Margin is insufficient.\"}";
    private static final List<String> FRAMES = List.of(
            """
            {"e":"ORDER_TRADE_UPDATE","E":1700000000001,"T":1700000000000,"o":{"s":"ETHUSDT","c":"qo-1","S":"BUY",
            "o":"MARKET","f":"GTC","q":"2","p":"0","ap":"3000.1","sp":"0","x":"TRADE","X":"FILLED","i":8886774,"l":"2",
            "z":"2","L":"3000.1","N":"USDT","n":"0.3","T":1700000000000,"t":12,"R":false,"ps":"BOTH","rp":"0"}}""",
            """
            {"e":"ALGO_UPDATE","T":1,"E":1,"o":{"caid":"qs-1","aid":5,"at":"CONDITIONAL","o":"STOP_MARKET","s":"ETHUSDT",
            "S":"SELL","ps":"BOTH","q":"0","X":"TRIGGERED","ai":"88937381063","tp":"2900.1","p":"0","cp":true}}""",
            "{\"e\":\"ACCOUNT_CONFIG_UPDATE\",\"E\":1,\"T\":1,\"ac\":{\"s\":\"ETHUSDT\",\"l\":9}}",
            "{\"e\":\"ACCOUNT_UPDATE\",\"E\":1,\"T\":1,\"a\":{\"m\":\"ORDER\",\"B\":[],\"P\":[]}}",
            "{\"e\":\"TRADE_LITE\",\"E\":1,\"T\":1,\"s\":\"ETHUSDT\",\"q\":\"2\"}",
            "{\"e\":\"listenKeyExpired\",\"E\":1,\"listenKey\":\"key-1\"}");
    private static final String MARKS = """
            [{"e":"markPriceUpdate","E":1700000000000,"s":"ETHUSDT","p":"3000.1","ap":"3000","i":"3000","P":"0","r":"0",
            "T":1700000000000,"st":1},{"e":"markPriceUpdate","E":1,"s":"BTCUSDT","p":"60000","st":2}]""";
    private static final List<String> READS = List.of("""
            [{"symbol":"ETHUSDT","positionSide":"BOTH","positionAmt":"-2","entryPrice":"3000","markPrice":"3001",
            "liquidationPrice":"4000","updateTime":1}]""", """
            {"totalWalletBalance":"1","availableBalance":"1","assets":[{"asset":"USDT","walletBalance":"1000",
            "availableBalance":"900"}]}""", """
            [{"algoId":1000000033225453,"clientAlgoId":"qs-1","symbol":"ETHUSDT","algoStatus":"NEW","actualOrderId":"",
            "triggerPrice":"2900.10"}]""", """
            [{"symbol":"ETHUSDT","id":698759,"orderId":25851813,"side":"SELL","price":"3000","qty":"2","commission":"0.1",
            "commissionAsset":"USDT","time":1700000000000}]""");
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noOrderIsCalledWhatItsAnswerDoesNotSay(long seed) {
        Random random = new Random(seed);
        Set<Class<?>> seen = new HashSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            int status = List.of(200, 200, 200, 400, 404, 500, 503).get(random.nextInt(7));
            String body = damaged(status == 200 ? ACK : REFUSAL, random);
            Script script = Script.ready();
            script.call(new Call.Open(ID, ETH, Side.BUY, Quantity.of("2"), 3));
            guarded(seed, i, body, () -> script.answer(status, body));
            List<OrderAnswered> answers = script.events(OrderAnswered.class);
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
                assertThat(known.path("clientOrderId").asString()).isEqualTo("qo-1");
                assertThat(known.path("orderId").bigIntegerValue().toString())
                        .isEqualTo(update.orderId().value());
                Price mean = update.executed().meanPrice();
                if (mean != null) {
                    assertThat(mean).isEqualTo(Price.of(known.path("avgPrice").asString()));
                    assertThat(update.executed().quantity())
                            .isEqualByComparingTo(known.path("executedQty").asString());
                }
            }
            case Answer.Denied<OrderUpdate> denied -> {
                assertThat(status).as(body).isGreaterThanOrEqualTo(400);
                JsonNode known = json == null ? fail("refused, but unreadable: " + body) : json;
                assertThat(known.path("code").isIntegralNumber()).as(body).isTrue();
                assertThat(denied.code()).isEqualTo(known.path("code").intValue());
                assertThat(status < 500 || BinanceError.of(denied.code()).kind() == BinanceError.Kind.RETRY_SAFE)
                        .as(body)
                        .isTrue();
            }
            case Answer.NoAnswer<OrderUpdate> _ -> {}
            case Answer.NotSent<OrderUpdate> _ -> fail("it was sent: " + body);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void noFrameBreaksTheSession(long seed) {
        Random random = new Random(seed);
        Script script = Script.ready();
        for (int i = 0; i < ROUNDS; i++) {
            boolean isMarket = random.nextInt(4) == 0;
            String text = damaged(isMarket ? MARKS : FRAMES.get(random.nextInt(FRAMES.size())), random);
            script.events.clear();
            guarded(seed, i, text, () -> script.frame(isMarket ? StreamName.MARKET : StreamName.PRIVATE, text));
            for (OrderChanged changed : script.events(OrderChanged.class)) {
                assertThat(text).contains(changed.update().symbol().name());
                assertThat(changed.update().executed().quantity().signum()).isGreaterThanOrEqualTo(0);
            }
            script.settle();
            script.pass(Duration.ofSeconds(6));
            script.openStreams();
            script.settle();
        }
        script.events.clear();
        script.call(new Call.ReadPositions());
        script.settle();
        assertThat(script.events(VenueEvent.PositionsRead.class))
                .as("it still works")
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void everyReadHasItsOneAnswer(long seed) {
        Random random = new Random(seed);
        List<Call> calls = List.of(
                new Call.ReadPositions(),
                new Call.ReadAccount(),
                new Call.ReadConditionals(),
                new Call.ReadTrades(ETH, Script.SERVER.minus(Duration.ofHours(1))),
                new Call.ReadIncome(Kind.FUNDING, null, Script.SERVER.minus(Duration.ofHours(1))),
                new Call.QueryOrder(ID, ETH, null),
                new Call.QueryConditional(new ClientOrderId("qs-1"), ETH),
                new Call.PlaceConditional(ID, ETH, Direction.LONG, Call.Level.STOP, Price.of("2900")),
                new Call.CancelConditional(new ClientOrderId("qs-1"), ETH));
        for (int i = 0; i < ROUNDS; i++) {
            Call call = calls.get(random.nextInt(calls.size()));
            Script script = Script.ready();
            script.call(call);
            for (int answers = 0; !script.waiting.isEmpty() && answers < 20; answers++) {
                String golden = random.nextInt(5) == 0 ? ACK : READS.get(random.nextInt(READS.size()));
                String body = damaged(golden, random);
                guarded(seed, i, body, () -> script.answer(random.nextInt(6) == 0 ? 400 : 200, body));
            }
            long told = script.events.stream()
                    .filter(event -> !(event instanceof VenueEvent.Unread || event instanceof VenueEvent.OpensHalted))
                    .count();
            assertThat(told)
                    .as("answers to %s in round %s of seed %s", call, i, seed)
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void noStartBreaksOnWhatItReads(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS / 4; i++) {
            Script script = new Script();
            script.begin();
            for (int answers = 0; !script.waiting.isEmpty() && answers < 30; answers++) {
                String usual = script.usual.getOrDefault(script.next().path(), "{\"serverTime\":1700000000000}");
                String body = random.nextInt(3) == 0 ? damaged(usual, random) : usual;
                guarded(seed, i, body, () -> script.answer(200, body));
                if (script.waiting.isEmpty()) {
                    script.openStreams();
                }
            }
        }
    }

    private static void guarded(long seed, int round, String text, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException escaped) {
            fail("round %s of seed %s: %s".formatted(round, seed, text), escaped);
        }
    }

    private static @Nullable JsonNode parsed(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException _) {
            return null;
        }
    }

    /** One to three damages: a value of another kind, a piece lost, doubled or moved, a digit turned, nothing at all. */
    private static String damaged(String golden, Random random) {
        String text = golden;
        for (int i = 0; i <= random.nextInt(3); i++) {
            text = damagedOnce(text, random);
        }
        return text;
    }

    private static String damagedOnce(String text, Random random) {
        if (text.isEmpty()) {
            return text;
        }
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + 1 + random.nextInt(12));
        return switch (random.nextInt(9)) {
            case 0 -> text.substring(0, from);
            case 1 -> text.substring(0, from) + text.substring(to);
            case 2 -> text.substring(0, to) + text.substring(from);
            case 3 -> text.substring(0, from) + (char) (32 + random.nextInt(95)) + text.substring(from + 1);
            case 4 -> List.of("", "<html>502</html>", "OK", "null", "[]", "{}").get(random.nextInt(6));
            default -> withOtherValue(text, random);
        };
    }

    private static String withOtherValue(String text, Random random) {
        List<MatchResult> values = Pattern.compile(":(\"[^\"]*\"|[-0-9a-z.]+)")
                .matcher(text)
                .results()
                .toList();
        if (values.isEmpty()) {
            return text;
        }
        MatchResult chosen = values.get(random.nextInt(values.size()));
        String other = VALUES.get(random.nextInt(VALUES.size()));
        return text.substring(0, chosen.start(1)) + other + text.substring(chosen.end(1));
    }
}
