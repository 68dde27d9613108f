package quantum.witness;

import com.binance.connector.client.derivatives_trading_usds_futures.rest.api.DerivativesTradingUsdsFuturesRestApi;
import java.io.IOException;
import java.lang.StackWalker.Option;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Listens inside the connector's own HTTP client: what it sent and what came back, byte for byte. */
final class Recorder implements Interceptor {

    /** What every signed request carries (binance-usdm 2.1). */
    static final Set<String> OF_EVERY_REQUEST = Set.of("timestamp", "signature");

    private final List<Call> calls = new CopyOnWriteArrayList<>();

    @Override
    public Response intercept(Chain chain) throws IOException {
        var request = chain.request();
        var response = chain.proceed(request);
        var parameters = new TreeMap<String, String>();
        read(parameters, request.url().encodedQuery());
        read(parameters, body(request));
        parameters.keySet().removeAll(OF_EVERY_REQUEST);
        calls.add(new Call(
                method(),
                request.method() + " " + request.url().encodedPath(),
                parameters,
                response.code(),
                response.peekBody(Long.MAX_VALUE).string()));
        return response;
    }

    /** Adds what came by another way than HTTP. */
    void add(Call call) {
        calls.add(call);
    }

    List<Call> calls() {
        return calls;
    }

    Call last() {
        return calls.getLast();
    }

    private static String method() {
        return StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(
                                frame -> frame.getDeclaringClass() == DerivativesTradingUsdsFuturesRestApi.class)
                        .map(StackWalker.StackFrame::getMethodName)
                        .findFirst()
                        .orElse("its client's buildCall"));
    }

    private static String body(Request request) throws IOException {
        var body = request.body();
        if (body == null) return "";
        var buffer = new Buffer();
        body.writeTo(buffer);
        return buffer.readUtf8();
    }

    private static void read(Map<String, String> parameters, @Nullable String encoded) {
        if (encoded == null) return;
        for (var part : encoded.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
    }
}
