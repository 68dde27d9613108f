package quantum.simulator.cryptocom;

import quantum.simulator.cryptocom.wire.MarketJson;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotListener;
import quantum.simulator.spot.SpotMarket;
import tools.jackson.databind.node.ObjectNode;

/** Publishes every move of a pair to those who subscribed to it. */
final class MarketEvents implements SpotListener {

    private final Subscribers subscribers;
    private final MarketJson json;

    MarketEvents(SpotExchange spot, Subscribers subscribers) {
        this.subscribers = subscribers;
        json = new MarketJson(spot.simulator());
    }

    @Override
    public void priceMoved(SpotMarket market) {
        var symbol = market.instrument().symbol();
        for (var line : subscribers.open()) {
            for (var channel : line.marketChannels(symbol)) {
                subscribers.send(line, channel, Subscribers.frame(channel, symbol, row(market, channel)));
            }
        }
    }

    ObjectNode row(SpotMarket market, Channel channel) {
        return switch (channel.name()) {
            case "ticker" -> json.ticker(market);
            case "mark" -> json.mark(market);
            case "trade" -> json.trade(market, true);
            case "candlestick" ->
                MarketJson.candle(
                        MarketJson.grouped(market.candles(), channel.depth()).getLast());
            case "book" -> json.publishedBook(market, channel.depth());
            default -> throw new IllegalStateException(channel.name() + " is no channel of a market");
        };
    }
}
