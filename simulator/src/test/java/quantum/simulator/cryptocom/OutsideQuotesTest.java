package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.simulator.Quote;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.SimulatorOptions.PriceSource;
import quantum.simulator.server.SimulatorServer;

/** Prices from outside alone: what nobody quotes has none. */
class OutsideQuotesTest extends CryptoComContract {

    @BeforeEach
    void listenToTheOutside() {
        server.close();
        server = SimulatorServer.start(SimulatorOptions.defaults().withPort(0).withPriceSource(PriceSource.OUTSIDE));
        settings("{'spotBalanceDelayMillis':0,'spotLimits':false}");
    }

    private static Quote quote(String symbol, String mark, String bid, String ask) {
        return new Quote(symbol, new BigDecimal(mark), new BigDecimal(bid), new BigDecimal(ask));
    }

    @Test
    void pairWithoutAQuoteTradesNothing() {
        assertThat(refusal(CREATE, BUY.formatted("blind"))).isEqualTo("400 207");
        server.quote(List.of(quote("NO_PAIR", "1", "1", "1")));
        assertThat(refusal(CREATE, BUY.formatted("blind"))).isEqualTo("400 207");
    }

    @Test
    void orderTakesTheQuotedBook() {
        server.quote(List.of(quote("BTC_USD", "60000.5", "60010.10", "60010.40")));
        done(CREATE, BUY.formatted("seen"));
        assertThat(detail("seen").text("avg_price")).isEqualTo("60010.40");
        var valuation = get("get-valuations?instrument_name=BTC_USD&valuation_type=mark_price");
        assertThat(valuation.data().path(0).path("v").asString()).isEqualTo("60000.5");
    }

    @Test
    void pairFollowsTheQuoteOfItsSymbolUnlessItHasItsOwn() {
        server.quote(List.of(quote("BTC_USD", "61000", "61000", "61001"), quote("BTCUSDT", "60000", "60000", "60001")));
        done(CREATE, BUY.formatted("own"));
        done(CREATE, BUY.formatted("followed").replace("BTC_USD", "BTC_USDT"));
        assertThat(detail("own").text("avg_price")).isEqualTo("61001.00");
        assertThat(detail("followed").text("avg_price")).isEqualTo("60000.01");
    }
}
