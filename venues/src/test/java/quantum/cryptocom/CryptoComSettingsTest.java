package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import quantum.market.Symbol;
import quantum.venue.Call;

/** Where the exchange is and who we are there. */
final class CryptoComSettingsTest {

    @Test
    void theAddressesOfTheOtherEnvironmentAreForeign() {
        assertThat(CryptoComSettings.Endpoints.live().foreignTo(true)).isEmpty();
        assertThat(CryptoComSettings.Endpoints.live().foreignTo(false)).isPresent();
        assertThat(CryptoComSettings.Endpoints.sandbox().foreignTo(true)).isPresent();
        assertThat(CryptoComSettings.Endpoints.simulator("http://127.0.0.1:9100")
                        .foreignTo(true))
                .isEmpty();
    }

    @Test
    void anAddressThatIsNoneAndAKeyThatIsBlankAreRefused() {
        assertThatThrownBy(() -> CryptoComSettings.Endpoints.simulator("ftp://x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CryptoComSettings(
                        CryptoComSettings.Endpoints.live(), " ", "s", Set.of(new Symbol("BTC_USD")), true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theAddressesOfTheSimulatorFollowFromItsOwn() {
        CryptoComSettings.Endpoints endpoints = CryptoComSettings.Endpoints.simulator("http://127.0.0.1:9100/");
        assertThat(endpoints.rest()).isEqualTo("http://127.0.0.1:9100/exchange/v1");
        assertThat(endpoints.user()).isEqualTo("ws://127.0.0.1:9100/exchange/v1/user");
        assertThat(endpoints.market()).isEqualTo("ws://127.0.0.1:9100/exchange/v1/market");
    }

    @Test
    void aKeyIsNeverShown() {
        CryptoComSettings settings = CryptoComSettings.simulator("http://127.0.0.1:9100", Set.of());
        assertThat(settings.toString()).doesNotContain("simkey").doesNotContain("simsecret");
        Script script = Script.ready();
        script.call(new Call.ReadAccount());
        assertThat(script.sent.getLast().toString()).doesNotContain("simkey");
    }
}
