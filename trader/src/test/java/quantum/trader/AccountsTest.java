package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.binance.BinanceSettings;
import quantum.binance.BinanceSettings.Endpoints;
import quantum.position.PositionMode;
import quantum.rules.Rules;
import quantum.trader.venue.BinanceAccess;
import quantum.trader.venue.PublicAddresses;
import quantum.trader.venue.Venue;

/** What names the account of a setup: two that share one name are one account. */
class AccountsTest {

    private static final String REAL = "https://fapi.binance.com";

    private static List<String> names(String mode, String address, String key) {
        return names(mode, outside(address, key));
    }

    private static Setup.Exchange outside(String address, String key) {
        BinanceSettings settings = BinanceSettings.of(Endpoints.simulator(address), key, "secret");
        return new Setup.Exchange.Outside(Venue.BINANCE, new BinanceAccess(settings));
    }

    private static List<String> names(String mode, Setup.Exchange exchange) {
        return Accounts.names(new Setup(
                mode,
                Path.of("data"),
                new Setup.Store(null, 0, false, "quantum", "execution-1", 1000),
                exchange,
                new Setup.Page("127.0.0.1", 0),
                Rules.DEFAULT));
    }

    @Test
    void twoSpellingsOfOneSimulatorAreOneAccount() {
        List<String> one = names("simulated", "http://127.0.0.1:9177", "key");
        assertThat(names("simulated", "http://localhost:9177", "key")).isEqualTo(one);
        assertThat(names("simulated-observe", "HTTP://localhost:9177/", "key")).isEqualTo(one);
        assertThat(names("simulated", "http://127.0.0.1:9178", "key")).doesNotContainAnyElementsOf(one);
        assertThat(names("simulated", "http://127.0.0.1:9177", "other")).doesNotContainAnyElementsOf(one);
    }

    @Test
    void twoFacesOfOneSimulatorAreTwoAccounts() {
        Setup.Exchange coins = new Setup.Exchange.Outside(
                Venue.CRYPTO_COM, Venue.CRYPTO_COM.simulated("http://127.0.0.1:9177", PositionMode.ONE_WAY));
        assertThat(names("simulated", coins))
                .hasSize(1)
                .doesNotContainAnyElementsOf(names("simulated", "http://127.0.0.1:9177", "simkey"));
    }

    @Test
    void aKeyOfARealExchangeIsOneAccountWhateverTheAddressIs() {
        List<String> one = names("live", REAL, "key");
        assertThat(names("live", "https://alias.example", "key")).containsAnyElementsOf(one);
        assertThat(names("live-observe", "https://alias.example", "key")).containsAnyElementsOf(one);
        assertThat(names("live", REAL, "other")).doesNotContainAnyElementsOf(one);
        assertThat(names("testnet", "https://demo-fapi.binance.com", "key")).doesNotContainAnyElementsOf(one);
    }

    @Test
    void whatIsReachedInTwoModesIsOneAccount() {
        assertThat(names("testnet", "http://localhost:9177", "key"))
                .containsAnyElementsOf(names("simulated", "http://127.0.0.1:9177", "key"));
    }

    @Test
    void anExchangeInsideIsNobodyElses() {
        assertThat(names("simulated", Setup.Exchange.Inside.of(Venue.BINANCE))).isEmpty();
        assertThat(names("paper", new Setup.Exchange.Paper(Venue.BINANCE, new PublicAddresses(REAL, "", ""))))
                .isEmpty();
    }
}
