package quantum.bench;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import quantum.simulator.Simulator;

/** What somebody else with the account's key asks of the exchange. */
final class SignedRequest {

    private static final String ALGORITHM = "HmacSHA256";

    private SignedRequest() {}

    static HttpRequest of(String address, String method, String path, String parameters) {
        String query = parameters + "&recvWindow=5000&timestamp=" + System.currentTimeMillis();
        return HttpRequest.newBuilder(URI.create(address + path + "?" + query + "&signature=" + signature(query)))
                .header("X-MBX-APIKEY", Simulator.API_KEY)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private static String signature(String query) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Simulator.SECRET.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(query.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
