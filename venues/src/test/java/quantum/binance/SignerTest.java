package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** The vectors of binance-usdm 2.1 and the encoding of 2.2. */
final class SignerTest {

    private final Signer signer = new Signer("2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9");

    @Test
    void signsTheDocumentedQuery() {
        String query = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC"
                + "&recvWindow=5000&timestamp=1591702613943";
        assertThat(signer.sign(query)).isEqualTo("3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9");
        assertThat(signer.signed(query))
                .isEqualTo(query + "&signature=3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9");
    }

    @Test
    void signsQueryAndBodyAsOneTextWithoutASeparator() {
        String query = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC";
        String body = "quantity=1&price=9000&recvWindow=5000&timestamp=1591702613943";
        assertThat(signer.sign(query + body))
                .isEqualTo("30baaf0fab549bbeda7f5ef201898b34122da25fd23c646cac2c529aebe670a4");
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
