package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.binance.ScriptedDesk.ORDER;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Symbols that trade no more: opens are refused by name, exits are tried (binance-usdm 6.1). */
final class SessionListingsTest {

    private static final String INFO = "/fapi/v1/exchangeInfo";
    private static final String HELD = "ETHUSDT";
    private static final String TRADING =
            "{\"symbol\":\"ETHUSDT\",\"contractType\":\"PERPETUAL\",\"status\":\"TRADING\"";

    private static final String IN_USDT = ",\"quoteAsset\":\"USDT\",\"marginAsset\":\"USDT\"";

    private ScriptedDesk rig;

    @BeforeEach
    void hold() {
        rig = ScriptedDesk.ready();
        rig.open("held", HELD);
        assertThat(rig.report("held")).isEqualTo("filled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING_TRADING", "PRE_SETTLE", "SETTLING", "CLOSE", "TRADING_HALT", "BORN_YESTERDAY"})
    void aStatusOtherThanTradingRefusesOpensAndStillTriesExits(String status) {
        String rules = Objects.requireNonNull(rig.script.usual.get(INFO));
        rereadAs(rules.replace(TRADING, TRADING.replace("TRADING", status)));
        assertOpensAreRefusedAndExitsTried();
        rereadAs(rules);
        rig.open("again", HELD);
        assertThat(rig.report("again")).isEqualTo("filled");
    }

    @Test
    void aSymbolThatTwoReadingsDoNotListIsTreatedSo() {
        String rules = Objects.requireNonNull(rig.script.usual.get(INFO));
        rereadAs(rules.replace("ETHUSDT", "ELSEUSDT"));
        rig.pass(Duration.ofSeconds(11));
        assertOpensAreRefusedAndExitsTried();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-symbol"})
    void xF6_aSymbolThatOneReadingLacksIsADoubtAndReadAgain(String instead) {
        String rules = Objects.requireNonNull(rig.script.usual.get(INFO));
        rig.pass(Duration.ofSeconds(31));
        rig.script.usual.put(INFO, rules.replace("ETHUSDT", instead));
        rig.refusing(ORDER, 1, -1111);
        rig.open("probe", "BTCUSDT");
        assertThat(rig.sent("GET " + INFO)).isEqualTo(1);
        rig.script.usual.put(INFO, rules);
        long readings = rig.sent("GET " + INFO);
        rig.close("exit", HELD);
        rig.open("next", HELD);
        assertThat(rig.report("next")).isEqualTo("filled");
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.sent("GET " + INFO)).isEqualTo(readings + 1);
        rig.pass(Duration.ofSeconds(31));
        assertThat(rig.sent("GET " + INFO)).as("no doubt is left").isEqualTo(readings + 1);
    }

    @Test
    void iF8_rulesOfOneSymbolThatCannotBeReadAreNamedAndHideNoOther() {
        String rules = Objects.requireNonNull(rig.script.usual.get(INFO));
        rereadAs(rules.replaceFirst("\"tickSize\":\"0.10\"", "\"tickSize\":\"0\""));
        assertThat(rig.alerts("unread:rules of BTCUSDT")).isEqualTo(1);
        rig.pass(Duration.ofSeconds(31));
        rig.close("exit", HELD);
        rig.open("next", HELD);
        assertThat(rig.report("next")).isEqualTo("filled");
    }

    @Test
    void xF4_anOpenInASymbolThatIsNewIsJudgedByRulesThatWereJustRead() {
        String rules = Objects.requireNonNull(rig.script.usual.get(INFO));
        rig.pass(Duration.ofSeconds(31));
        rig.script.usual.put(INFO, rules.replace("ETHUSDT", "NEWUSDT"));
        long readings = rig.sent("GET " + INFO);
        rig.open("new", "NEWUSDT");
        assertThat(rig.sent("GET " + INFO)).isEqualTo(readings + 1);
        assertThat(rig.report("new")).as("listed, without a price yet").isEqualTo("PRICE_STALE");
        rig.open("none", "NONEUSDT");
        assertThat(rig.report("none")).isEqualTo("SYMBOL_UNKNOWN");
        assertThat(rig.sent("GET " + INFO)).as("at most every 10 s").isEqualTo(readings + 1);
    }

    @Test
    void rulesThatCannotBeReadStayAsTheyWereAndAreAskedForAgainInAMinute() {
        rig.answering("GET " + INFO, 1, 200, "{\"symbols\":[]}");
        rig.pass(Duration.ofMinutes(60).plusSeconds(30));
        assertThat(rig.sent("GET " + INFO)).isEqualTo(1);
        assertThat(rig.alerts("unread:answer to GET " + INFO)).isEqualTo(1);
        rig.pass(Duration.ofSeconds(40));
        assertThat(rig.sent("GET " + INFO)).isEqualTo(2);
    }

    /** The exchange's -2019 for a contract in USDC cooled down every symbol of an account in USDT. */
    @Test
    void xF9_theMarginAssetOfAContractDecidesWhatIsAsked() {
        String rules = Objects.requireNonNull(rig.script.usual.get(INFO));
        rereadAs(rules.replace(TRADING + IN_USDT, TRADING + IN_USDT.replace("USDT", "USDC")));
        assertRefusedAloneAs("ASSET_NOT_HELD", "usdc");
        rig.script.usual.put(
                "/fapi/v3/account",
                "{\"assets\":[{\"asset\":\"USDT\",\"walletBalance\":\"0\",\"availableBalance\":\"0\"},"
                        + "{\"asset\":\"USDC\",\"walletBalance\":\"900\",\"availableBalance\":\"900\"}]}");
        rig.close("exit", HELD);
        rig.pass(Duration.ofSeconds(31));
        rig.open("held in USDC", HELD);
        assertThat(rig.report("held in USDC")).isEqualTo("filled");
    }

    @Test
    void iF4_aContractQuotedInACoinIsListedAndNotOpened() {
        String rules = Objects.requireNonNull(rig.script.usual.get(INFO));
        rereadAs(rules.replace(TRADING + IN_USDT, TRADING + IN_USDT.replace("USDT", "BTC")));
        assertRefusedAloneAs("ASSET_UNSUPPORTED", "bitcoin");
        rereadAs(
                rules.replace(TRADING + IN_USDT, TRADING + ",\"deliveryDate\":" + rig.script.serverMillis() + IN_USDT));
        assertRefusedAloneAs("DELIVERY_NEAR", "delivered");
    }

    private void assertRefusedAloneAs(String reason, String id) {
        rig.close("exit of " + id, HELD);
        long before = rig.sent(ORDER);
        rig.pass(Duration.ofSeconds(31));
        rig.open(id, HELD);
        assertThat(rig.report(id)).isEqualTo(reason);
        assertThat(rig.sent(ORDER)).isEqualTo(before);
        rig.close("close of " + id, "BTCUSDT");
        rig.open("beside " + id, "BTCUSDT");
        assertThat(rig.report("beside " + id)).isEqualTo("filled");
        rig.close("again of " + id, "BTCUSDT");
        rig.pass(Duration.ofSeconds(31));
    }

    private void assertOpensAreRefusedAndExitsTried() {
        long before = rig.sent(ORDER);
        rig.close("exit", HELD);
        assertThat(rig.sent(ORDER)).isEqualTo(before + 1);
        assertThat(rig.report("exit")).isEqualTo("filled");
        rig.pass(Duration.ofSeconds(31));
        rig.open("next", HELD);
        assertThat(rig.report("next")).isEqualTo("SYMBOL_NOT_TRADING");
    }

    /** A refusal that contradicts our rules makes them be read again at once. */
    private void rereadAs(String rules) {
        rig.script.usual.put(INFO, rules);
        rig.refusing(ORDER, 1, -1111);
        rig.pass(Duration.ofSeconds(31));
        rig.open("probe" + rig.sent(ORDER), "BTCUSDT");
        rig.pass(Duration.ofSeconds(11));
    }
}
