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
    void aSymbolThatIsListedNoMoreIsTreatedSo() {
        String rules = Objects.requireNonNull(rig.script.usual.get(INFO));
        rereadAs(rules.replace("ETHUSDT", "ELSEUSDT"));
        assertOpensAreRefusedAndExitsTried();
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
