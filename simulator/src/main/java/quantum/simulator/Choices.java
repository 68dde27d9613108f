package quantum.simulator;

/** What an account may choose for itself: leverage, margin type, position mode, asset mode (binance-usdm 7). */
public final class Choices {

    private final Simulator exchange;

    Choices(Simulator exchange) {
        this.exchange = exchange;
    }

    /** Changes the leverage of a symbol or throws {@link Refused}. */
    public void leverage(Account account, String symbol, int leverage) {
        var market = exchange.prices().market(symbol);
        var instrument = market.instrument();
        if (leverage < 1 || leverage > instrument.maxLeverage()) throw new Refused(Refusal.LEVERAGE_INVALID);
        var terms = account.terms(symbol);
        if (leverage < terms.leverage() && !account.positions().flat(symbol)) {
            if (terms.isolated()) throw new Refused(Refusal.LEVERAGE_CUT_ISOLATED);
        }
        var cap = Bracket.cap(instrument, leverage);
        for (var position : account.positions().in(symbol)) {
            if (position.notional(market.mark()).abs().compareTo(cap) > 0) {
                throw new Refused(Refusal.POSITION_TOO_LARGE);
            }
        }
        account.choose(symbol, new SymbolTerms(leverage, terms.isolated()));
        if (leverage < terms.leverage() && overdrawn(account)) {
            account.choose(symbol, terms);
            throw new Refused(Refusal.LEVERAGE_MARGIN);
        }
        exchange.reportLeverage(account, symbol, leverage);
    }

    private boolean overdrawn(Account account) {
        var margins = exchange.margins(account);
        if (margins.initial().add(margins.ofOrders()).signum() == 0) return false;
        return margins.available().signum() == 0;
    }

    /** Changes the margin type of a symbol or throws {@link Refused}. */
    public void marginType(Account account, String symbol, boolean isolated) {
        exchange.prices().market(symbol);
        var terms = account.terms(symbol);
        if (terms.isolated() == isolated) throw new Refused(Refusal.MARGIN_TYPE_SAME);
        if (isolated && account.multiAssets()) throw new Refused(Refusal.ASSET_MODE_ISOLATED);
        if (!account.orders().quiet(symbol)) throw new Refused(Refusal.MARGIN_TYPE_ORDERS);
        if (!account.positions().flat(symbol)) throw new Refused(Refusal.MARGIN_TYPE_POSITION);
        account.choose(symbol, new SymbolTerms(terms.leverage(), isolated));
        exchange.changed();
    }

    /** Changes between one-way and hedge mode or throws {@link Refused}; conditional orders count as open ones. */
    public void positionMode(Account account, boolean hedged) {
        if (account.hedged() == hedged) throw new Refused(Refusal.POSITION_MODE_SAME);
        if (!account.orders().open().isEmpty() || account.algos().openCount() > 0) {
            throw new Refused(Refusal.POSITION_MODE_ORDERS);
        }
        if (!account.positions().held().isEmpty()) throw new Refused(Refusal.POSITION_MODE_POSITION);
        account.hedge(hedged);
        exchange.changed();
    }

    /** Changes between one and several assets as margin or throws {@link Refused}; only USDT exists either way. */
    public void assetMode(Account account, boolean several) {
        if (account.multiAssets() == several) throw new Refused(Refusal.ASSET_MODE_SAME);
        var isolated = account.chosenTerms().values().stream().anyMatch(SymbolTerms::isolated);
        if (several && isolated) throw new Refused(Refusal.ASSET_MODE_ISOLATED);
        account.joinAssets(several);
        exchange.reportAssetMode(account);
    }
}
