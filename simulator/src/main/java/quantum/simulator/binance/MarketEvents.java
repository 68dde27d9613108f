package quantum.simulator.binance;

import static quantum.simulator.Decimals.text;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.Candle;
import quantum.simulator.ExchangeListener;
import quantum.simulator.Execution;
import quantum.simulator.Fill;
import quantum.simulator.Json;
import quantum.simulator.Market;
import quantum.simulator.Order;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The frames of the public streams (binance-usdm 6.2). */
final class MarketEvents implements ExchangeListener {

    private static final long BOOK_ROUND = TimeUnit.SECONDS.toNanos(5);

    private static final int COIN_SYMBOLS = 3;

    private final Simulator exchange;
    private final Streams streams;
    /** The minute of each market's candle when it last moved. */
    private final Map<Market, Long> minutes = new HashMap<>();

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
            if (markets.size() > 1 && exchange.settings().on(Setting.COIN_ROWS)) coins(markets, all);
            return all;
        });
        for (var market : markets) {
            streams.publish(Streams.Kind.MARKET, name(market) + "@markPrice" + suffix, () -> mark(market));
        }
    }

    /** The arrays have carried COIN-M symbols too since 2026-06-30; clients have to tell them apart. */
    private void coins(Collection<Market> markets, ArrayNode all) {
        markets.stream().limit(COIN_SYMBOLS).forEach(market -> {
            all.add(mark(market)
                    .put("s", market.instrument().baseAsset() + "USD_PERP")
                    .put("st", 2));
        });
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
        long minute = market.candle().minute();
        var before = minutes.put(market, minute);
        for (var interval : Klines.INTERVALS) {
            var stream = name + "@kline_" + interval.name();
            if (before != null && before / interval.minutes() != minute / interval.minutes()) {
                streams.publish(Streams.Kind.MARKET, stream, () -> kline(market, interval, true));
            }
            streams.publish(Streams.Kind.MARKET, stream, () -> kline(market, interval, false));
        }
    }

    /** Liquidations and deleveragings are told to everybody (binance-usdm 5.2, er 5). */
    @Override
    public void orderChanged(Account account, Order order, Execution execution, @Nullable Fill fill) {
        if (fill == null || order.forced() == null) return;
        var symbol = order.terms().symbol();
        var stream = symbol.toLowerCase(Locale.ROOT) + "@forceOrder";
        streams.publish(Streams.Kind.MARKET, stream, () -> forced(order, fill));
        streams.publish(Streams.Kind.MARKET, "!forceOrder@arr", () -> forced(order, fill));
    }

    /** Told at listing, settlement and every other change of a symbol's status. */
    @Override
    public void statusChanged(Market market) {
        streams.publish(Streams.Kind.MARKET, "!contractInfo", () -> {
            var contract = market.instrument().contract();
            return event("contractInfo", market)
                    .put("ct", contract.type())
                    .put("dt", contract.deliveryDate())
                    .put("ot", contract.onboardDate())
                    .put("cs", market.statusText());
        });
    }

    private ObjectNode forced(Order order, Fill fill) {
        var frame = Json.object().put("e", "forceOrder").put("E", exchange.serverMillis());
        frame.putObject("o")
                .put("s", order.terms().symbol())
                .put("S", order.terms().side().name())
                .put("o", "LIMIT")
                .put("f", "IOC")
                .put("q", text(order.quantity()))
                .put("p", text(fill.price()))
                .put("ap", text(order.averagePrice()))
                .put("X", order.status().name())
                .put("l", text(fill.quantity()))
                .put("z", text(order.executed()))
                .put("T", exchange.serverMillis(fill.at()));
        return frame;
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

    private ObjectNode mark(Market market) {
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
                .put("ps", market.instrument().symbol())
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

    private JsonNode kline(Market market, Klines.Interval interval, boolean closed) {
        var candles = Klines.grouped(market.candles(), interval.minutes());
        Candle candle = candles.get(candles.size() - (closed ? 2 : 1));
        var frame = event("kline", market);
        frame.putObject("k")
                .put("t", Klines.openTime(candle))
                .put("T", Klines.closeTime(candle, interval.minutes()))
                .put("s", market.instrument().symbol())
                .put("i", interval.name())
                .put("f", 0)
                .put("L", market.updates())
                .put("o", text(candle.open()))
                .put("c", text(candle.close()))
                .put("h", text(candle.high()))
                .put("l", text(candle.low()))
                .put("v", text(candle.volume()))
                .put("n", candle.trades())
                .put("x", closed)
                .put("q", text(Klines.quote(candle)))
                .put("V", text(candle.volume()))
                .put("Q", text(Klines.quote(candle)))
                .put("B", "0");
        return frame;
    }
}
