package quantum.simulator.cryptocom.wire;

import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import quantum.simulator.Candle;
import quantum.simulator.Json;
import quantum.simulator.Side;
import quantum.simulator.Simulator;
import quantum.simulator.spot.SpotInstrument;
import quantum.simulator.spot.SpotMarket;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Instruments, tickers, books, marks, trades and candles on the wire. */
public final class MarketJson {

    private static final long MINUTE_MILLIS = 60_000;

    private final Simulator exchange;

    public MarketJson(Simulator exchange) {
        this.exchange = exchange;
    }

    public static ObjectNode instrument(SpotMarket market) {
        SpotInstrument instrument = market.instrument();
        return Json.object()
                .put("symbol", instrument.symbol())
                .put("inst_type", "CCY_PAIR")
                .put("display_name", instrument.base() + "/" + instrument.quote())
                .put("base_ccy", instrument.base())
                .put("quote_ccy", instrument.quote())
                .put("quote_decimals", instrument.priceDecimals())
                .put("quantity_decimals", instrument.quantityDecimals())
                .put("price_tick_size", instrument.priceTick().toPlainString())
                .put("qty_tick_size", instrument.quantityTick().toPlainString())
                .put("max_leverage", "50")
                .put("tradable", market.tradable())
                .put("expiry_timestamp_ms", 0)
                .put("beta_product", false)
                .put("margin_buy_enabled", true)
                .put("margin_sell_enabled", instrument.shortable());
    }

    private long movedAt(SpotMarket market) {
        return exchange.serverMillis(market.movedAt());
    }

    public ObjectNode ticker(SpotMarket market) {
        var day = day(market);
        var change = market.last().subtract(day.open()).divide(day.open(), MathContext.DECIMAL32);
        return Json.object()
                .put("i", market.instrument().symbol())
                .put("h", day.high().toPlainString())
                .put("l", day.low().toPlainString())
                .put("a", market.last().toPlainString())
                .put("v", Wire.text(day.volume()))
                .put("vv", Wire.text(day.volume().multiply(market.last())))
                .put("c", Wire.text(change))
                .put("b", market.bid().toPlainString())
                .put("k", market.ask().toPlainString())
                .putNull("oi")
                .put("t", movedAt(market));
    }

    private static Candle day(SpotMarket market) {
        return market.candles().stream().reduce(Candle::and).orElseThrow();
    }

    public ObjectNode mark(SpotMarket market) {
        return Json.object().put("v", market.mark().toPlainString()).put("t", movedAt(market));
    }

    /** As REST shows it; the socket adds its own times and numbers. */
    public ObjectNode book(SpotMarket market, int depth) {
        var json = Json.object();
        json.set("bids", rows(market, Side.SELL, depth));
        json.set("asks", rows(market, Side.BUY, depth));
        return json.put("t", movedAt(market));
    }

    public ObjectNode publishedBook(SpotMarket market, int depth) {
        return book(market, depth)
                .put("tt", movedAt(market))
                .put("u", market.updates())
                .put("cs", 0);
    }

    private static ArrayNode rows(SpotMarket market, Side taker, int depth) {
        var rows = Json.array();
        for (var level : market.levels(taker, depth)) {
            rows.addArray()
                    .add(level.price().toPlainString())
                    .add(level.quantity().toPlainString())
                    .add("1");
        }
        return rows;
    }

    /** The latest trade of the public; the side is written in small letters by REST and in large ones on the socket. */
    public ObjectNode trade(SpotMarket market, boolean published) {
        var json = Json.object()
                .put("d", Long.toString(7_000_000_000_000_000_000L + market.updates()))
                .put("t", movedAt(market))
                .put("p", market.last().toPlainString())
                .put("q", market.shownQuantity().toPlainString())
                .put("s", published ? "BUY" : "buy")
                .put("i", market.instrument().symbol())
                .put("m", Long.toString(market.updates()));
        return published ? json : json.put("tn", Wire.nanos(exchange, market.movedAt()));
    }

    public static List<Candle> grouped(List<Candle> candles, int minutes) {
        var groups = new TreeMap<Long, Candle>();
        for (var candle : candles) {
            long first = candle.minute() / minutes * minutes;
            groups.merge(first, at(candle, first), Candle::and);
        }
        return new ArrayList<>(groups.values());
    }

    private static Candle at(Candle candle, long minute) {
        return new Candle(
                minute, candle.open(), candle.high(), candle.low(), candle.close(), candle.volume(), candle.trades());
    }

    public static ObjectNode candle(Candle candle) {
        return Json.object()
                .put("o", candle.open().toPlainString())
                .put("h", candle.high().toPlainString())
                .put("l", candle.low().toPlainString())
                .put("c", candle.close().toPlainString())
                .put("v", Wire.text(candle.volume()))
                .put("t", candle.minute() * MINUTE_MILLIS);
    }
}
