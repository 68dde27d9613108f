package quantum.simulator.binance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuthenticationTest {

    private static final String SECRET = "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";

    @Test
    void hmacEqualsTheExchangesOwnVectors() {
        assertThat(new Verifier.Hmac(SECRET)
                        .sign("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC"
                                + "&recvWindow=5000&timestamp=1591702613943"))
                .isEqualTo("3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9");
        assertThat(new Verifier.Hmac(SECRET)
                        .sign("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC"
                                + "quantity=1&price=9000&recvWindow=5000&timestamp=1591702613943"))
                .isEqualTo("30baaf0fab549bbeda7f5ef201898b34122da25fd23c646cac2c529aebe670a4");
    }
}
