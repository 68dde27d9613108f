package quantum.binance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.AccountReplies.SymbolConfig;
import quantum.binance.Reply.Refused;
import quantum.binance.Reply.Told;
import quantum.binance.Reply.Unknown;
import quantum.market.Symbol;
import quantum.order.Purpose;
import quantum.venue.Answer;
import quantum.venue.Answer.Cause;
import quantum.venue.OrderUpdate;

/**
 * Margin type and leverage of symbols as the exchange last told them. What is not isolated at the wanted leverage is
 * set, and only what reads back so counts: an accepted setting is not yet a proof.
 */
final class Leverages {

    private final Conversation talk;
    private final Map<Symbol, SymbolConfig> known = new HashMap<>();

    Leverages(Conversation talk) {
        this.talk = talk;
    }

    /** Reads all symbols; null when done, else why not. */
    void readAll(Purpose purpose, Consumer<@Nullable String> then) {
        talk.ask(Asks.symbolConfigs(purpose), AccountReplies::symbolConfigs, reply -> {
            if (reply instanceof Told<List<SymbolConfig>>(List<SymbolConfig> all, var _)) {
                known.clear();
                all.forEach(config -> known.put(config.symbol(), config));
                then.accept(null);
            } else {
                then.accept(reply.failure());
            }
        });
    }

    /** The leverage of a symbol, if it was told. */
    @Nullable
    Integer of(Symbol symbol) {
        SymbolConfig config = known.get(symbol);
        return config == null ? null : config.leverage();
    }

    /** The exchange says that somebody, perhaps we, set a leverage. */
    void changed(Symbol symbol, int leverage) {
        known.computeIfPresent(symbol, (_, config) -> new SymbolConfig(symbol, config.isolated(), leverage));
    }

    /** Sees to isolated margin at this leverage; null when it is proven so, else the denial of the open. */
    void ensure(Symbol symbol, int leverage, Consumer<Answer.@Nullable Denied<OrderUpdate>> then) {
        SymbolConfig config = known.get(symbol);
        if (isWanted(config, leverage)) {
            then.accept(null);
        } else if (config != null && config.isolated()) {
            setLeverage(symbol, leverage, then);
        } else {
            talk.ask(Asks.isolate(symbol), json -> json, reply -> {
                if (isDone(reply)) {
                    setLeverage(symbol, leverage, then);
                } else {
                    deny(symbol, reply, then);
                }
            });
        }
    }

    private void setLeverage(Symbol symbol, int leverage, Consumer<Answer.@Nullable Denied<OrderUpdate>> then) {
        talk.ask(Asks.leverage(symbol, leverage), json -> json, reply -> {
            if (isDone(reply)) {
                readBack(symbol, leverage, then);
            } else {
                deny(symbol, reply, then);
            }
        });
    }

    private void readBack(Symbol symbol, int leverage, Consumer<Answer.@Nullable Denied<OrderUpdate>> then) {
        talk.ask(Asks.symbolConfig(symbol), AccountReplies::symbolConfigs, reply -> {
            if (!(reply instanceof Told<List<SymbolConfig>>(List<SymbolConfig> all, var _))) {
                deny(symbol, reply, then);
                return;
            }
            SymbolConfig config = all.stream()
                    .filter(each -> each.symbol().equals(symbol))
                    .findFirst()
                    .orElse(null);
            if (config == null) {
                known.remove(symbol);
            } else {
                known.put(symbol, config);
            }
            then.accept(isWanted(config, leverage) ? null : new Answer.Denied<>(0, mismatch(config), Cause.LEVERAGE));
        });
    }

    /** A lost answer is no obstacle, because the read-back decides. */
    private static boolean isDone(Reply<Json> reply) {
        return switch (reply) {
            case Told<Json> _, Unknown<Json> _ -> true;
            case Refused<Json>(BinanceError error, var _) -> error.kind() == BinanceError.Kind.DONE;
            case Reply.Unsent<Json> _ -> false;
        };
    }

    private void deny(Symbol symbol, Reply<?> reply, Consumer<Answer.@Nullable Denied<OrderUpdate>> then) {
        known.remove(symbol);
        int code = reply instanceof Refused<?>(BinanceError error, var _) ? error.code() : 0;
        String text = "margin type or leverage could not be set: " + reply.failure();
        then.accept(new Answer.Denied<>(code, text, Cause.LEVERAGE));
    }

    private static boolean isWanted(@Nullable SymbolConfig config, int leverage) {
        return config != null && config.isolated() && config.leverage() == leverage;
    }

    private static String mismatch(@Nullable SymbolConfig config) {
        if (config == null) {
            return "margin type and leverage do not read back";
        }
        String margin = config.isolated() ? "isolated" : "crossed";
        return "the symbol reads back as " + margin + " at leverage " + config.leverage();
    }
}
