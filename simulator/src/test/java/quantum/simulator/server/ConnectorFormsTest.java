package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Forms of requests and frames that the official connectors use and no other client of ours does. */
class ConnectorFormsTest {

    private final DirectExchange exchange = new DirectExchange();

    private static String sign(String payload) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("simsecret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void signatureMayEndTheQueryOfARequestWithABody() throws Exception {
        var body = "symbol=BTCUSDT&leverage=5";
        var query = "timestamp=" + exchange.millis();
        var signed = query + "&signature=" + sign(query + body);
        assertThat(exchange.send("POST", "/fapi/v1/leverage", signed, body, "simkey")
                        .status())
                .isEqualTo(200);
        assertThat(exchange.send("POST", "/fapi/v1/leverage", signed, "symbol=BTCUSDT&leverage=50", "simkey")
                        .code())
                .isEqualTo(-1022);
    }

    @Test
    void controlFramesAreKnownByATextToo() {
        var frames = exchange.open("/market/stream", "");
        frames.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@markPrice\"],\"id\":\"5f0c\"}");
        assertThat(frames.all().getFirst().path("id").asString()).isEqualTo("5f0c");
        frames.send("{\"method\":\"SUBSCRIBE\",\"params\":[],\"id\":{}}");
        assertThat(frames.all().getLast().path("code").intValue()).isEqualTo(2);
    }

    @Test
    void endpointsAreListed() {
        var routes = exchange.send("GET", "/sim/routes", "", "", null).json().path("routes");
        assertThat(routes.valueStream().map(JsonNode::asString))
                .contains("POST /fapi/v1/order", "GET /fapi/v1/time")
                .isSorted();
    }
}
