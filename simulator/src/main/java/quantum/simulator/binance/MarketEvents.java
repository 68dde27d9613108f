package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import quantum.simulator.Candle;
import quantum.simulator.ExchangeListener;
import quantum.simulator.Json;
import quantum.simulator.Market;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The frames of the public streams (binance-usdm 6.2). */
final class MarketEvents implements ExchangeListener {

    private static final long BOOK_ROUND = TimeUnit.SECONDS.toNanos(5);

    private final Simulator exchange;
    private final Streams streams;

    MarketEvents(Simulator exchange, Streams streams) {
        this.exchange = exchange;
        this.streams = streams;
        exchange.scheduler().after(0, () -> everyMark(Setting.MARK_INTERVAL_MILLIS, "@1s"));
        exchange.scheduler().after(0, () -> everyMark(Setting.SLOW_MARK_INTERVAL_MILLIS, ""));
        exchange.scheduler().after(BOOK_ROUND, this::everyBook);
    }

    private void everyMark(Setting interval, String suffix) {
        publishMarks(
                exchange.prices().markets().stream()
                        .filter(exchange.prices()::known)
                        .toList(),
                suffix);
        long pause = Math.max(1, exchange.settings().get(interval));
        exchange.scheduler().after(TimeUnit.MILLISECONDS.toNanos(pause), () -> everyMark(interval, suffix));
    }

    private void publishMarks(Collection<Market> markets, String suffix) {
        streams.publish(Streams.Kind.MARKET, "!markPrice@arr" + suffix, () -> {
            var all = Json.array();
            for (var market : markets) all.add(mark(market));
            return all;
        });
        for (var market : markets) {
            streams.publish(Streams.Kind.MARKET, name(market) + "@markPrice" + suffix, () -> mark(market));
        }
    }

    private void everyBook() {
        for (var market : exchange.prices().markets()) {
            if (exchange.prices().known(market)) {
                streams.publish(Streams.Kind.PUBLIC, "!bookTicker", () -> book(market));
            }
        }
        exchange.scheduler().after(BOOK_ROUND, this::everyBook);
    }

    @Override
    public void priceMoved(Market market, boolean urgent) {
        var name = name(market);
        if (urgent) {
            publishMarks(List.of(market), "@1s");
            publishMarks(List.of(market), "");
        }
        streams.publish(Streams.Kind.PUBLIC, name + "@bookTicker", () -> book(market));
        streams.publish(Streams.Kind.MARKET, name + "@aggTrade", () -> trade(market));
        Klines.INTERVALS.forEach((interval, minutes) -> streams.publish(
                Streams.Kind.MARKET, name + "@kline_" + interval, () -> kline(market, interval, minutes)));
    }

    private static String name(Market market) {
        return market.instrument().symbol().toLowerCase(Locale.ROOT);
    }

    private ObjectNode event(String event, Market market) {
        return Json.object()
                .put("e", event)
                .put("E", exchange.serverMillis())
                .put("s", market.instrument().symbol())
                .put("st", 1);
    }

    private JsonNode mark(Market market) {
        return event("markPriceUpdate", market)
                .put("p", text(market.mark()))
                .put("ap", text(market.mark()))
                .put("i", text(market.mark()))
                .put("P", text(market.mark()))
                .put("r", text(market.fundingRate()))
                .put("T", exchange.funding().nextMillis());
    }

    private JsonNode book(Market market) {
        return event("bookTicker", market)
                .put("u", market.updates())
                .put("T", exchange.serverMillis(market.movedAt()))
                .put("b", text(market.bid()))
                .put("B", text(market.shownQuantity()))
                .put("a", text(market.ask()))
                .put("A", text(market.shownQuantity()));
    }

    private JsonNode trade(Market market) {
        return event("aggTrade", market)
                .put("a", market.updates())
                .put("p", text(market.last()))
                .put("q", text(market.shownQuantity()))
                .put("nq", text(market.shownQuantity()))
                .put("f", market.updates())
                .put("l", market.updates())
                .put("T", exchange.serverMillis(market.movedAt()))
                .put("m", false);
    }

    private JsonNode kline(Market market, String interval, int minutes) {
        Candle candle = Klines.grouped(market.candles(), minutes).getLast();
        var frame = event("kline", market);
        frame.putObject("k")
                .put("t", Klines.openTime(candle))
                .put("T", Klines.closeTime(candle, minutes))
                .put("s", market.instrument().symbol())
                .put("i", interval)
                .put("f", 0)
                .put("L", market.updates())
                .put("o", text(candle.open()))
                .put("c", text(candle.close()))
                .put("h", text(candle.high()))
                .put("l", text(candle.low()))
                .put("v", text(candle.volume()))
                .put("n", candle.trades())
                .put("x", false)
                .put("q", text(Klines.quote(candle)))
                .put("V", text(candle.volume()))
                .put("Q", text(Klines.quote(candle)))
                .put("B", "0");
        return frame;
    }
}
