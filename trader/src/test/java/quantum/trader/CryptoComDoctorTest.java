package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.cryptocom.CryptoComSettings;
import quantum.cryptocom.CryptoComSettings.Endpoints;
import quantum.market.Symbol;
import quantum.trader.doctor.ExchangeChecks;
import quantum.trader.doctor.ExchangeChecks.Known;
import quantum.trader.doctor.Finding;
import quantum.trader.doctor.Finding.Grade;
import quantum.trader.venue.CryptoComAccess;

/** What the doctor finds on the spot exchange over sockets: each cause by its name, with what to do about it. */
class CryptoComDoctorTest {

    private static final String OPEN_PAIRS = "POST /exchange/v1/private/advanced/get-open-orders";

    private final Exchange exchange = new Exchange(Floor.options());

    @AfterEach
    void close() {
        exchange.close();
    }

    private List<Finding> check(String secret, Known known) throws InterruptedException {
        Endpoints endpoints = Endpoints.simulator(exchange.url());
        return check(CryptoComSettings.of(endpoints, "simkey", secret, Set.of()), known);
    }

    private static List<Finding> check(CryptoComSettings settings, Known known) throws InterruptedException {
        return ExchangeChecks.run(new CryptoComAccess(settings), new Symbol("BTC_USD"), known);
    }

    private static Finding grade(List<Finding> findings, String check) {
        return findings.stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow(() -> new AssertionError(findings.toString()));
    }

    private void refused(int code, String words) {
        exchange.post(
                "/sim/fault",
                "{\"kind\":\"http\",\"match\":\"%s\",\"count\":100,\"status\":400,\"code\":%d,\"msg\":\"%s\"}"
                        .formatted(OPEN_PAIRS, code, words));
    }

    @Test
    void aHealthyAccountIsFineAndNoOrderIsPlaced() throws InterruptedException {
        List<Finding> findings = check("simsecret", new Known(List.of(), Set.of("ETH_USD")));
        assertThat(findings).extracting(Finding::grade).containsOnly(Grade.FINE);
        assertThat(grade(findings, "instruments").words()).contains("14 symbols trade");
        assertThat(grade(findings, "exchange").words()).contains("wallet 10000 USD, 10000 USDT");
        assertThat(grade(findings, "modes").words()).contains("spot");
        assertThat(grade(findings, "order entry").words()).contains("validates no order");
        assertThat(exchange.ledger().path("spot").path("orders")).isEmpty();
    }

    @Test
    void aWrongSecretIsToldFromAWayThatIsFree() throws InterruptedException {
        List<Finding> findings = check("no", Known.NOTHING);
        assertThat(grade(findings, "instruments").grade()).isEqualTo(Grade.FINE);
        Finding key = grade(findings, "exchange");
        assertThat(key.grade()).isEqualTo(Grade.FAILED);
        assertThat(key.words()).contains("40101");
        assertThat(key.nextStep()).contains("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "140001, API_DISABLED, without them no stop can rest",
        "416, NO_MARGIN_ACCESS, account of another kind",
        "408, USER_INACTIVE, ask the exchange's support",
        "40103, IP_ILLEGAL, allow the address of this machine",
        "40104, USER_TIER_INVALID, raise its tier"
    })
    void whatTheExchangeHasClosedToThisAccountIsNamed(int code, String words, String step) throws InterruptedException {
        refused(code, words);
        Finding finding = grade(check("simsecret", Known.NOTHING), "exchange");
        assertThat(finding.grade()).isEqualTo(Grade.FAILED);
        assertThat(finding.words()).contains(code + " " + words);
        assertThat(finding.nextStep()).contains(step);
    }

    @Test
    void aSymbolThatIsNotListedIsNamedAndWhatANameLooksLike() throws InterruptedException {
        Finding missing = grade(check("simsecret", new Known(List.of(), Set.of("BTCUSDT"))), "instruments");
        assertThat(missing.grade()).isEqualTo(Grade.WARNING);
        assertThat(missing.words()).startsWith("BTCUSDT of the settings");
        assertThat(missing.nextStep()).contains("looks like BTC_USD");
    }

    @Test
    void anAddressWhereNobodyIs() throws InterruptedException {
        Finding nobody =
                grade(check(CryptoComSettings.simulator("http://127.0.0.1:9", Set.of()), Known.NOTHING), "exchange");
        assertThat(nobody.grade()).isEqualTo(Grade.FAILED);
        assertThat(nobody.nextStep()).contains("127.0.0.1:9");
    }

    @Test
    void aHostClockThatIsOffIsAWarning() throws InterruptedException {
        exchange.post("/sim/clock", "{\"offsetMillis\":-4500}");
        Finding clock = grade(check("simsecret", Known.NOTHING), "clock");
        assertThat(clock.grade()).isEqualTo(Grade.WARNING);
        assertThat(clock.nextStep()).contains("NTP");
    }
}
