package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ChangeInitialLeverageRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.ChangeMarginTypeRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.MarginType;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.NewOrderRespType;
import com.binance.connector.client.derivatives_trading_usds_futures.rest.model.Side;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.AggregateTradeStreamsRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.AllBookTickersStreamRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.AllMarketLiquidationOrderStreamsRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.ContractInfoStreamRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.IndividualSymbolBookTickerStreamsRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.KlineCandlestickStreamsRequest;
import com.binance.connector.client.derivatives_trading_usds_futures.websocket.stream.model.LiquidationOrderStreamsRequest;
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
    void forcedOrdersOfOneSymbolAndOfAll() {
        var streams = streams("market");
        var one = streams.liquidationOrderStreams(new LiquidationOrderStreamsRequest().symbol("btcusdt"));
        var all = streams.allMarketLiquidationOrderStreams(new AllMarketLiquidationOrderStreamsRequest());
        said(api.changeInitialLeverage(
                new ChangeInitialLeverageRequest().symbol("BTCUSDT").leverage(100L)));
        said(api.changeMarginType(
                new ChangeMarginTypeRequest().symbol("BTCUSDT").marginType(MarginType.ISOLATED)));
        said(api.newOrder(OrdersTest.market(Side.BUY, 0.010).newOrderRespType(NewOrderRespType.RESULT)));
        simulator.price("BTCUSDT", "49000");
        var order = heard("liquidationOrderStreams", "STREAM <symbol>@forceOrder", one)
                .getoLowerCase();
        assertThat(order.getsLowerCase() + " " + order.getS()).isEqualTo("BTCUSDT SELL");
        assertThat(decimal(order.getzLowerCase())).isEqualByComparingTo("0.010");
        assertThat(heard("allMarketLiquidationOrderStreams", "STREAM !forceOrder@arr", all)
                        .getoLowerCase()
                        .getsLowerCase())
                .isEqualTo("BTCUSDT");
    }

    @Test
    void changedContractIsTold() {
        var queue = streams("market").contractInfoStream(new ContractInfoStreamRequest());
        simulator.control("/sim/symbol", "{\"symbol\":\"ADAUSDT\",\"status\":\"PRE_SETTLE\"}");
        var contract = heard("contractInfoStream", "STREAM !contractInfo", queue);
        simulator.control("/sim/symbol", "{\"symbol\":\"ADAUSDT\",\"status\":\"TRADING\"}");
        assertThat(contract.getsLowerCase() + " " + contract.getCs()).isEqualTo("ADAUSDT PRE_SETTLE");
        assertThat(contract.getCt()).isEqualTo("PERPETUAL");
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
