package quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.simulator.SimulatorOptions.PriceSource;

/** Paper trading: prices come from outside alone, and silence is never filled with an invented one. */
class OutsidePricesTest {

    private final Trading trading = new Trading(SimulatorOptions.defaults()
            .withFillDelay(Duration.ZERO, Duration.ZERO)
            .withPriceSource(PriceSource.OUTSIDE));

    @Test
    void aSymbolWithoutAQuoteHasNoPriceAndTradesNothing() {
        assertThat(trading.exchange.prices().known(trading.market())).isFalse();
        assertThatThrownBy(() -> trading.market(Side.BUY, "0.01")).isInstanceOf(Refused.class);
    }

    @Test
    void ordersAreFilledAtTheBookThatWasTold() {
        quote("60000.5", "60010.1", "60010.4");
        var bought = trading.market(Side.BUY, "0.01");
        var sold = trading.market(Side.SELL, "0.01");

        assertThat(trading.market().mark()).isEqualByComparingTo("60000.5");
        assertThat(bought.averagePrice()).isEqualByComparingTo("60010.4");
        assertThat(sold.averagePrice()).isEqualByComparingTo("60010.1");
    }

    @Test
    void nothingMovesByItselfAndAfterFiveSecondsOfSilenceThePriceIsUnknownAgain() {
        quote("60000", "60000", "60001");
        trading.pass(Duration.ofSeconds(5));
        assertThat(trading.exchange.prices().known(trading.market())).isTrue();
        assertThat(trading.market().mark()).isEqualByComparingTo("60000");
        trading.pass(Duration.ofMillis(1));
        assertThat(trading.exchange.prices().known(trading.market())).isFalse();
        assertThatThrownBy(() -> trading.reduce(Side.SELL, "0.01")).isInstanceOf(Refused.class);
    }

    @Test
    void aSymbolThatIsNotListedHereIsPassedOver() {
        trading.exchange.prices().quote(List.of(new Quote("NOSUCHUSDT", BigDecimal.ONE, null, null)));
        assertThat(trading.exchange.prices().lists("NOSUCHUSDT")).isFalse();
    }

    private void quote(String mark, String bid, String ask) {
        trading.exchange
                .prices()
                .quote(List.of(new Quote(Trading.BTC, new BigDecimal(mark), new BigDecimal(bid), new BigDecimal(ask))));
    }
}
