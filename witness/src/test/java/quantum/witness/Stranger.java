package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.binance.connector.client.common.ApiClient;
import com.binance.connector.client.common.ApiException;
import com.binance.connector.client.common.ApiResponse;
import com.binance.connector.client.common.Pair;
import com.binance.connector.client.common.configuration.SignatureConfiguration;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.DerivativesTradingUsdsFuturesRestApiUtil;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.api.DerivativesTradingUsdsFuturesRestApi;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A test that talks to the simulator through the official connector, set up as its own documentation says. */
abstract class Stranger {

    static final Testimony TESTIMONY = new Testimony();

    final Simulator simulator = Simulator.shared();
    final Recorder recorder = new Recorder();
    final ApiClient client = client(recorder);
    final DerivativesTradingUsdsFuturesRestApi api = new DerivativesTradingUsdsFuturesRestApi(client);

    private boolean served;
    private final Set<String> unexplained = new TreeSet<>();

    private static ApiClient client(Recorder recorder) {
        var configuration = DerivativesTradingUsdsFuturesRestApiUtil.getClientConfiguration();
        configuration.setUrl(Simulator.shared().url());
        configuration.setSignatureConfiguration(signature());
        var client = DerivativesTradingUsdsFuturesRestApiUtil.getDefaultClient(configuration);
        client.setHttpClient(
                client.getHttpClient().newBuilder().addInterceptor(recorder).build());
        return client;
    }

    static SignatureConfiguration signature() {
        var signature = new SignatureConfiguration();
        signature.setApiKey(Simulator.API_KEY);
        signature.setSecretKey(Simulator.SECRET);
        return signature;
    }

    @BeforeEach
    void startOver(TestInfo test) {
        var missing = TESTIMONY.contract().waitsFor(name(test));
        served = missing.isEmpty();
        assumeTrue(served, "SKIPPED: not served yet: " + missing);
        simulator.startOver();
    }

    private String name(TestInfo test) {
        return getClass().getSimpleName() + "."
                + test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void hearTheContract(TestInfo test) {
        if (!served) return;
        assertThat(TESTIMONY.judge(name(test), recorder.calls()))
                .as("contract and shapes")
                .isEmpty();
        assertThat(unexplained)
                .as("differences that differences.txt does not explain")
                .isEmpty();
    }

    /** The connector's reply, after its class was compared with what came. */
    <T> T said(ApiResponse<T> response) {
        compare(recorder.last(), response.getData());
        return response.getData();
    }

    /** A signed call for which the connector has no method, or one with another parameter, through its own client. */
    <T> T said(String method, String path, Map<String, String> parameters, Class<T> reply) {
        var pairs = new ArrayList<Pair>();
        parameters.forEach((name, value) -> pairs.add(new Pair(name, value)));
        var call = client.buildCall(
                null,
                path,
                method,
                pairs,
                List.of(),
                null,
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>(),
                new HashSet<>(Set.of("binanceSignature")));
        return said(client.execute(call, reply));
    }

    void compare(Call call, Object reply) {
        var entry = TESTIMONY.contract().entries().get(call.endpoint());
        assertThat(entry).as("in the contract: " + call.endpoint()).isNotNull();
        var shapes = entry.shapes(TESTIMONY.shapes(), call.json().isJsonArray());
        assertThat(shapes).as("shapes of " + call.endpoint()).isNotEmpty();
        unexplained.addAll(TESTIMONY.differences().unknown(call, shapes, reply));
    }

    static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    /** The exchange's code for a refused call. */
    static int refused(Supplier<?> call) {
        try {
            var answer = call.get();
            throw new AssertionError("accepted: " + answer);
        } catch (ApiException refused) {
            return JsonParser.parseString(refused.getResponseBody())
                    .getAsJsonObject()
                    .get("code")
                    .getAsInt();
        }
    }
}
