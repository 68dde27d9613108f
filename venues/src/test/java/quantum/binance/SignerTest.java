package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of binance-usdm 2.1 and of RFC 8032, and the encoding of binance-usdm 2.2. */
final class SignerTest {

    private static final String SECRET = "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";
    /** What stands before the 32 bytes of an Ed25519 key in PKCS#8 (RFC 8410, section 7). */
    private static final String PKCS8 = "302e020100300506032b657004220420";
    /** Test 2 of RFC 8032, section 7.1: the message is the letter r. */
    private static final String SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

    private static final String SIGNED_R = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    private final Signer hmac = Signer.of(SECRET);

    @Test
    void signsTheDocumentedQuery() {
        String query = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC"
                + "&recvWindow=5000&timestamp=1591702613943";
        assertThat(hmac.sign(query)).isEqualTo("3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9");
        assertThat(hmac.signed(query))
                .isEqualTo(query + "&signature=3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9");
        assertThat(hmac.logsOn()).isFalse();
    }

    @Test
    void signsQueryAndBodyAsOneTextWithoutASeparator() {
        String query = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC";
        String body = "quantity=1&price=9000&recvWindow=5000&timestamp=1591702613943";
        assertThat(hmac.sign(query + body))
                .isEqualTo("30baaf0fab549bbeda7f5ef201898b34122da25fd23c646cac2c529aebe670a4");
    }

    @Test
    void signsByEd25519WithAPrivateKey() {
        byte[] signature = HexFormat.of().parseHex(SIGNED_R);
        Signer signer = Signer.of(pem("PRIVATE KEY", HexFormat.of().parseHex(PKCS8 + SEED)));
        assertThat(signer.sign("r")).isEqualTo(Base64.getEncoder().encodeToString(signature));
        assertThat(signer.sign("r")).as("again").isEqualTo(Base64.getEncoder().encodeToString(signature));
        assertThat(signer.signed("r"))
                .isEqualTo("r&signature="
                        + signer.sign("r")
                                .replace("+", "%2B")
                                .replace("/", "%2F")
                                .replace("=", "%3D"));
        assertThat(signer.logsOn()).isTrue();
    }

    @Test
    void readsAKeyWhoseLinesWereJoinedForTheEnvironment() {
        String pem = pem("PRIVATE KEY", HexFormat.of().parseHex(PKCS8 + SEED));
        assertThat(Signer.of(pem.replace("\n", "\\n")).sign("r"))
                .isEqualTo(Signer.of(pem.replace("\n", "\r\n")).sign("r"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PUBLIC KEY", "CERTIFICATE"})
    void refusesAnotherKindOfPemByItsName(String label) {
        assertThatThrownBy(() -> Signer.of(pem(label, HexFormat.of().parseHex(PKCS8 + SEED))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + label + "\"")
                .hasMessageNotContaining("MC4C");
    }

    @Test
    void refusesAKeyOfAnotherAlgorithmAndAHalfOne() throws NoSuchAlgorithmException {
        byte[] rsa = KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        assertThatThrownBy(() -> Signer.of(pem("PRIVATE KEY", rsa))).hasMessageContaining("no Ed25519 key");
        assertThatThrownBy(() -> Signer.of("-----BEGIN PRIVATE KEY-----")).hasMessageContaining("every line");
        assertThatThrownBy(() -> Signer.of("-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a b", "pass\u00adword", "line\nline"})
    void refusesASecretThatTheExchangeNeverGives(String secret) {
        assertThatThrownBy(() -> Signer.of(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("a b");
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .encodeToString(bytes)
                + "\n-----END " + label + "-----\n";
    }

    @Test
    void encodesOnceAndNeverWithAPlusOrAnExponent() {
        assertThat(Query.of("symbol", "测试USDT").toString()).isEqualTo("symbol=%E6%B5%8B%E8%AF%95USDT");
        assertThat(Query.of("a", "b c+d").toString()).isEqualTo("a=b%20c%2Bd");
        assertThat(Query.of("a", "1").and("q", new BigDecimal("1E+3")).toString())
                .isEqualTo("a=1&q=1000");
        assertThat(Query.of("q", "x").and("p", new BigDecimal("0.00000001")).toString())
                .isEqualTo("q=x&p=0.00000001");
    }
}
