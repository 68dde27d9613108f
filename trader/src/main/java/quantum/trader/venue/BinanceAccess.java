package quantum.trader.venue;

import java.util.Locale;
import java.util.Map;
import quantum.binance.BinanceExchange;
import quantum.binance.BinanceLookup;
import quantum.binance.BinanceSettings;
import quantum.binance.BinanceSettings.Endpoints;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.binance.BudgetShares;
import quantum.trader.settings.Mode;
import quantum.trader.settings.Settings;
import quantum.venue.Exchange;
import quantum.venue.Lookup;
import quantum.venue.VenueEvent;

/** An account at Binance USDⓈ-M futures. */
public record BinanceAccess(BinanceSettings settings) implements Access {

    /** The exchange outside that takes orders, at the addresses of the mode or those that are set instead. */
    static BinanceAccess of(Settings settings, String key, String secret) {
        Settings.Exchange exchange = settings.exchange();
        return new BinanceAccess(BinanceSettings.of(endpoints(settings), key, secret)
                .withWindows(settings.windows().open(), settings.windows().exit())
                .withPositions(settings.rules().positions())
                .withShares(new BudgetShares(
                        exchange.budget().opensPct(), exchange.budget().totalPct()))
                .withOrderEntry(exchange.overWebSocket() ? OrderEntry.WEBSOCKET : OrderEntry.REST)
                .refusingWithdrawal(settings.mode() == Mode.LIVE && !exchange.withdrawalAllowed()));
    }

    static PublicAddresses publicAddresses(Settings settings) {
        Endpoints live = endpoints(settings);
        return new PublicAddresses(live.rest(), live.wsPublic(), live.wsMarket());
    }

    private static Endpoints endpoints(Settings settings) {
        Settings.Endpoints own = settings.exchange().endpoints();
        Endpoints preset = preset(settings);
        Endpoints used = new Endpoints(
                Addresses.or(own.rest(), preset.rest()),
                Addresses.or(own.wsPublic(), preset.wsPublic()),
                Addresses.or(own.wsMarket(), preset.wsMarket()),
                Addresses.or(own.wsPrivate(), preset.wsPrivate()),
                Addresses.or(own.wsApi(), preset.wsApi()));
        Addresses.requireOfMode(
                settings, used.foreignTo(settings.mode() == Mode.LIVE || settings.mode() == Mode.PAPER));
        return used;
    }

    private static Endpoints preset(Settings settings) {
        return switch (settings.mode()) {
            case SIMULATED ->
                Endpoints.simulator(Addresses.or(settings.exchange().simulatorUrl(), ""));
            case TESTNET -> settings.exchange().endpoints().oldTestnet() ? Endpoints.oldTestnet() : Endpoints.demo();
            case LIVE, PAPER -> Endpoints.live();
        };
    }

    @Override
    public String rest() {
        return settings.endpoints().rest();
    }

    @Override
    public String api() {
        return rest() + "/fapi";
    }

    @Override
    public String apiKey() {
        return settings.apiKey();
    }

    @Override
    public Map<String, String> addresses() {
        Endpoints used = settings.endpoints();
        return Map.of(
                "endpoints.rest", used.rest(),
                "endpoints.ws_public", used.wsPublic(),
                "endpoints.ws_market", used.wsMarket(),
                "endpoints.ws_private", used.wsPrivate(),
                "endpoints.ws_api", used.wsApi());
    }

    @Override
    public Exchange<?, ?> exchange() {
        return new BinanceExchange(settings);
    }

    @Override
    public Lookup lookup() {
        return new BinanceLookup(settings);
    }

    @Override
    public BinanceAccess observing() {
        return new BinanceAccess(settings.withOrderEntry(OrderEntry.NONE));
    }

    /** The kept WebSocket is opened too where orders would go by it. */
    @Override
    public BinanceAccess probing() {
        return settings.orderEntry() == OrderEntry.WEBSOCKET ? this : observing();
    }

    @Override
    public String modes() {
        return "position mode " + settings.positions().name().toLowerCase(Locale.ROOT)
                + ", single-asset margin, the key may trade";
    }

    @Override
    public String nextStep(VenueEvent.Unusable why) {
        return why.nextStep();
    }
}
