package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.binance.BinanceSettings.Endpoints;

final class BinanceSettingsTest {

    @Test
    void neverShowsTheKeyOrTheSecret() {
        BinanceSettings settings = BinanceSettings.of(Endpoints.live(), "the-key", "the-secret");
        assertThat(settings.toString()).doesNotContain("the-key", "the-secret").contains("fapi.binance.com");
    }

    @Test
    void putsTheSimulatorsStreamsUnderItsOwnAddress() {
        assertThat(BinanceSettings.simulator("http://127.0.0.1:9100/").endpoints())
                .isEqualTo(new Endpoints(
                        "http://127.0.0.1:9100",
                        "ws://127.0.0.1:9100/public",
                        "ws://127.0.0.1:9100/market",
                        "ws://127.0.0.1:9100/private",
                        "ws://127.0.0.1:9100/ws-fapi/v1"));
    }

    @Test
    void takesASchemeInUpperCaseAsWhatItIs() {
        assertThat(Endpoints.simulator("HTTP://127.0.0.1:9100"))
                .isEqualTo(Endpoints.simulator("http://127.0.0.1:9100"));
        assertThat(Endpoints.simulator("HTTPS://Exchange.example").wsApi())
                .isEqualTo("wss://Exchange.example/ws-fapi/v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fapi.binance.com",
                "ws://127.0.0.1",
                "http://user:pw@host",
                "http://host?a=b",
                "http://host#x"
            })
    void refusesWhatIsNoAddress(String url) {
        assertThatThrownBy(() -> Endpoints.simulator(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesABlankSecretWithoutNamingIt() {
        assertThatThrownBy(() -> BinanceSettings.of(Endpoints.live(), "the-key", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("the-key");
    }

    @Test
    void refusesASecretThatCannotSignBeforeAnythingIsStarted() {
        assertThatThrownBy(() -> BinanceSettings.of(Endpoints.live(), "the-key", "-----BEGIN RSA PRIVATE KEY-----"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void derivesNoAddressFromAnother() {
        assertThat(Endpoints.live().wsApi()).isEqualTo("wss://ws-fapi.binance.com/ws-fapi/v1");
        assertThat(Endpoints.demo().rest()).isEqualTo("https://demo-fapi.binance.com");
        assertThat(Endpoints.demo().wsPrivate()).isEqualTo("wss://fstream.binancefuture.com/private");
        assertThat(Endpoints.oldTestnet().rest()).isEqualTo("https://testnet.binancefuture.com");
        assertThat(Endpoints.oldTestnet().wsMarket()).isEqualTo("wss://stream.binancefuture.com");
    }

    @ParameterizedTest
    @CsvSource({
        "wss://fstream.binance.com/market, false, true",
        "wss://fstream.binance.com/market, true, false",
        "wss://FSTREAM.Binance.com/market, false, true",
        "wss://fstream.binance.com./market, false, true",
        "wss://demo-fstream.binance.com./market, true, true",
        "wss://demo-fstream.binance.com/market, true, true",
        "wss://demo-fstream.binance.com/market, false, false",
        "wss://stream.binancefuture.com, true, true",
        "wss://stream.example/market, true, false",
        "wss://stream.example/market, false, false",
        "wss://notbinance.com/market, false, false",
    })
    void incI83_knowsAnAddressOfTheOtherEnvironment(String market, boolean real, boolean isForeign) {
        Endpoints own = real ? Endpoints.live() : Endpoints.demo();
        Endpoints mixed = new Endpoints(own.rest(), own.wsPublic(), market, own.wsPrivate(), own.wsApi());
        assertThat(own.foreignTo(real)).isEmpty();
        assertThat(mixed.foreignTo(real).isPresent()).isEqualTo(isForeign);
        assertThat(Endpoints.oldTestnet().foreignTo(false)).isEmpty();
        assertThat(Endpoints.simulator("http://127.0.0.1:9100").foreignTo(false))
                .isEmpty();
    }
}
