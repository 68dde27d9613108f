package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.AggregateTradeStreamsRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.AllBookTickersStreamRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.IndividualSymbolBookTickerStreamsRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.KlineCandlestickStreamsRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.MarkPriceStreamForAllMarketRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.MarkPriceStreamRequest;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

/** The public streams (binance-usdm 1.2, 6.2). */
class MarketStreamsTest extends StreamStranger {

    @Test
    void markPriceOfOneSymbol() {
        var queue = streams("market")
                .markPriceStream(new MarkPriceStreamRequest().symbol("btcusdt").updateSpeed("1s"));
        var mark = heard("markPriceStream", "STREAM <symbol>@markPrice@1s", queue);
        assertThat(mark.geteLowerCase()).isEqualTo("markPriceUpdate");
        assertThat(mark.getsLowerCase()).isEqualTo("BTCUSDT");
        assertThat(decimal(mark.getpLowerCase())).isEqualByComparingTo("50000.0");
        assertThat(mark.getT()).isGreaterThan(mark.getE());
    }

    @Test
    void markPricesOfAllSymbols() {
        var queue = streams("market")
                .markPriceStreamForAllMarket(new MarkPriceStreamForAllMarketRequest().updateSpeed("1s"));
        heard("markPriceStreamForAllMarket", "STREAM !markPrice@arr@1s", queue);
        var marks = JsonParser.parseString(recorder.last().body()).getAsJsonArray();
        assertThat(marks)
                .extracting(mark -> mark.getAsJsonObject().get("s").getAsString())
                .contains("BTCUSDT", "ETHUSDT");
    }

    @Test
    void bestBidAndAskOfOneSymbol() {
        var queue = streams("public")
                .individualSymbolBookTickerStreams(new IndividualSymbolBookTickerStreamsRequest().symbol("btcusdt"));
        simulator.price("BTCUSDT", "50100");
        var book = heard("individualSymbolBookTickerStreams", "STREAM <symbol>@bookTicker", queue);
        assertThat(book.getsLowerCase()).isEqualTo("BTCUSDT");
        assertThat(decimal(book.getbLowerCase())).isEqualByComparingTo("50100.0");
        assertThat(decimal(book.getaLowerCase())).isEqualByComparingTo("50100.1");
    }

    @Test
    void bestBidsAndAsksOfAllSymbols() {
        var queue = streams("public").allBookTickersStream(new AllBookTickersStreamRequest());
        var book = heard("allBookTickersStream", "STREAM !bookTicker", queue);
        assertThat(book.geteLowerCase()).isEqualTo("bookTicker");
    }

    @Test
    void candleInTheMaking() {
        var queue = streams("market")
                .klineCandlestickStreams(
                        new KlineCandlestickStreamsRequest().symbol("btcusdt").interval("1m"));
        simulator.price("BTCUSDT", "50100");
        var candle = heard("klineCandlestickStreams", "STREAM <symbol>@kline_<interval>", queue)
                .getkLowerCase();
        assertThat(decimal(candle.getcLowerCase())).isEqualByComparingTo("50100.0");
        assertThat(candle.getiLowerCase()).isEqualTo("1m");
        assertThat(candle.getxLowerCase()).isFalse();
    }

    @Test
    void tradesOfTheMarket() {
        var queue = streams("market").aggregateTradeStreams(new AggregateTradeStreamsRequest().symbol("btcusdt"));
        simulator.price("BTCUSDT", "50100");
        var trade = heard("aggregateTradeStreams", "STREAM <symbol>@aggTrade", queue);
        assertThat(decimal(trade.getpLowerCase())).isEqualByComparingTo("50100.0");
        assertThat(trade.getsLowerCase()).isEqualTo("BTCUSDT");
    }

    @Test
    void wrongPathAcknowledgesAndStaysSilent() {
        var wrong = streams("public")
                .markPriceStream(new MarkPriceStreamRequest().symbol("btcusdt").updateSpeed("1s"));
        var right = streams("market")
                .markPriceStream(new MarkPriceStreamRequest().symbol("btcusdt").updateSpeed("1s"));
        heard("markPriceStream", "STREAM <symbol>@markPrice@1s", right);
        heard("markPriceStream", "STREAM <symbol>@markPrice@1s", right);
        assertThat(wrong.getInnerQueue()).isEmpty();
    }
}
