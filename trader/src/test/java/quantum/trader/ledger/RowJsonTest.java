package quantum.trader.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.record.Entry;
import quantum.record.Entry.PlanRow;

class RowJsonTest {

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRowComesBackAsItWas(long seed) {
        Entry row = new Rows(seed).any();

        assertThat(Kind.of(row).read(RowJson.write((Record) row))).isEqualTo(row);
    }

    @Test
    void decimalsArePlainText() {
        PlanRow plan = new PlanRow(new BigDecimal("1E+3"), new BigDecimal("0.000000100"), null, null, null, null);

        assertThat(RowJson.write(plan)).isEqualTo("{\"stop\":\"1000\",\"target\":\"0.000000100\"}");
    }

    @Test
    void aRowFromBeforeTheWatchHadRulesIsRead() {
        String row = "{\"epoch\":\"e\",\"symbol\":\"BTCUSDT\",\"direction\":\"LONG\",\"quantity\":\"1\","
                + "\"entryPrice\":\"100\",\"leverage\":1,\"intentId\":\"i\",\"openedAt\":\"2026-01-05T10:00:00Z\","
                + "\"state\":\"OPEN\",\"plan\":{\"stop\":\"98.5\",\"target\":\"102.5\",\"trailingPct\":\"1.5\"},"
                + "\"high\":\"101\",\"low\":\"99\",\"stopAttempt\":1,\"targetAttempt\":1,\"exitAttempt\":0,"
                + "\"entryOrders\":[\"7\"],\"exitReasons\":{}}";

        Entry.PositionRow position = RowJson.read(row, Entry.PositionRow.class);

        assertThat(position.progress()).isNull();
        assertThat(position.plan().watch()).isNull();
        assertThat(RowJson.write(position)).isEqualTo(row);
    }

    @Test
    void aRungThatLacksItsPriceIsMissed() {
        assertThatThrownBy(() -> RowJson.read("{\"watch\":{\"ladder\":[{\"fraction\":\"1\"}]}}", PlanRow.class))
                .hasMessageContaining("at");
    }

    @Test
    void whatMustBeThereIsMissed() {
        String row = RowJson.write(new Rows(1).guards());

        assertThatThrownBy(() -> RowJson.read(row.replace("\"symbolOpenedAt\"", "\"x\""), Entry.GuardRow.class))
                .isInstanceOf(LedgerException.class);
        assertThatThrownBy(() -> RowJson.read("{\"paused\":false}", Entry.GuardRow.class))
                .hasMessageContaining("symbolOpenedAt");
        assertThatThrownBy(() -> RowJson.read("{\"stop\":\"1\",\"stop\":\"2\"}", PlanRow.class))
                .isInstanceOf(LedgerException.class);
        assertThatThrownBy(() -> RowJson.read("{\"stop\":\"\"}", PlanRow.class)).isInstanceOf(LedgerException.class);
        assertThatThrownBy(() -> RowJson.read("{\"stop\":\"1\"} x", PlanRow.class))
                .isInstanceOf(LedgerException.class);
    }
}
