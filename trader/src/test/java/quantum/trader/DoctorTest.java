package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quantum.binance.BinanceSettings;
import quantum.binance.BinanceSettings.Endpoints;
import quantum.market.Symbol;
import quantum.position.PositionMode;
import quantum.trader.doctor.ExchangeChecks;
import quantum.trader.doctor.ExchangeChecks.Known;
import quantum.trader.doctor.Finding;
import quantum.trader.doctor.Finding.Grade;
import quantum.trader.venue.BinanceAccess;

/** What the doctor finds on an exchange over sockets, and that it changes nothing there. */
class DoctorTest {

    private final Exchange exchange = new Exchange(Floor.options());

    @AfterEach
    void close() {
        exchange.close();
    }

    @Test
    void aHealthyAccountIsFineAndNoOrderIsPlaced() throws InterruptedException {
        assertThat(check(ours())).extracting(Finding::grade).containsOnly(Grade.FINE);
        assertThat(exchange.requests("POST", "/fapi/v1/order/test")).hasSize(1);
        assertThat(exchange.rows("orders", _ -> true)).isEmpty();
    }

    @Test
    void aNakedPositionAndAForeignOrderAreNamed() throws InterruptedException {
        exchange.holdAll();
        exchange.price("BTCUSDT", "60000");
        exchange.byHand("BUY", "BTCUSDT", "0.01");
        await().atMost(Floor.PATIENCE).until(() -> exchange.held("BTCUSDT").signum() > 0);
        exchange.limitByHand("BUY", "ETHUSDT", "0.1", "3100");

        assertThat(grade(check(ours()), "positions")).satisfies(finding -> {
            assertThat(finding.grade()).isEqualTo(Grade.WARNING);
            assertThat(finding.words()).contains("1 of 1 without a stop", "BTCUSDT LONG");
        });
        assertThat(grade(check(ours()), "orders").words()).contains("1 open orders are not ours", "ETHUSDT order");
    }

    @Test
    void anAccountInTheOtherModeIsRefusedWithTheNextStep() throws InterruptedException {
        Finding finding = grade(check(ours().withPositions(PositionMode.HEDGE)), "exchange");
        assertThat(finding.grade()).isEqualTo(Grade.FAILED);
        assertThat(finding.nextStep()).contains("position_mode");
    }

    @Test
    void aWrongSecretAndAnAddressWhereNobodyIs() throws InterruptedException {
        Finding secret =
                grade(check(BinanceSettings.of(Endpoints.simulator(exchange.url()), "simkey", "no")), "exchange");
        assertThat(secret.words()).contains("-1022");
        assertThat(secret.nextStep()).contains("secret");
        Finding nobody = grade(check(BinanceSettings.simulator("http://127.0.0.1:9")), "exchange");
        assertThat(nobody.grade()).isEqualTo(Grade.FAILED);
        assertThat(nobody.nextStep()).contains("127.0.0.1:9");
    }

    @Test
    void aSymbolOfTheSettingsThatIsNotListedIsNamedAndWhatANameLooksLike() throws InterruptedException {
        Finding instruments = grade(check(ours(), new Known(List.of(), Set.of("ETHUSDT", "BTC_USD"))), "instruments");
        assertThat(instruments.grade()).isEqualTo(Grade.WARNING);
        assertThat(instruments.words()).startsWith("BTC_USD of the settings or the ledger");
        assertThat(instruments.nextStep()).contains("looks like BTCUSDT");
    }

    @Test
    void aHostClockThatIsOffIsAWarning() throws InterruptedException {
        exchange.post("/sim/clock", "{\"offsetMillis\":-2500}");
        Finding clock = grade(check(ours()), "clock");
        assertThat(clock.grade()).isEqualTo(Grade.WARNING);
        assertThat(clock.words()).containsPattern("2[45][0-9]{2} ms");
    }

    private BinanceSettings ours() {
        return BinanceSettings.simulator(exchange.url());
    }

    private static List<Finding> check(BinanceSettings settings) throws InterruptedException {
        return check(settings, Known.NOTHING);
    }

    private static List<Finding> check(BinanceSettings settings, Known known) throws InterruptedException {
        return ExchangeChecks.run(new BinanceAccess(settings), new Symbol("BTCUSDT"), known);
    }

    private static Finding grade(List<Finding> findings, String check) {
        return findings.stream()
                .filter(f -> f.check().equals(check))
                .findFirst()
                .orElseThrow();
    }
}
