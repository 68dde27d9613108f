package quantum.binance;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.AccountReplies.SymbolConfig;
import quantum.binance.Reply.Refused;
import quantum.binance.Reply.Told;
import quantum.binance.Reply.Unknown;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Answer.Cause;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;

/**
 * Margin type and leverage of symbols as the exchange last told them. What is not isolated at the wanted leverage is
 * set, and only what reads back so counts: an accepted setting is not yet a proof.
 */
final class Leverages {

    private final Conversation talk;
    private final Map<Symbol, SymbolConfig> known = new HashMap<>();
    /** Opens without an answer, which nothing shows yet. */
    private final Map<ClientOrderId, Call.Open> onTheWay = new HashMap<>();

    Leverages(Conversation talk) {
        this.talk = talk;
    }

    /** Reads all symbols; null when done, else why not. */
    void readAll(Ask.Claim claim, Consumer<@Nullable String> then) {
        talk.ask(Asks.symbolConfigs().by(claim), this::configs, reply -> {
            if (reply instanceof Told<List<SymbolConfig>>(List<SymbolConfig> all, var _)) {
                known.clear();
                all.forEach(config -> known.put(config.symbol(), config));
                then.accept(null);
            } else {
                then.accept(reply.failure());
            }
        });
    }

    private List<SymbolConfig> configs(Json json) {
        return AccountReplies.symbolConfigs(json, talk::odd);
    }

    /** The leverage of a symbol, if it was told. */
    @Nullable
    Integer of(Symbol symbol) {
        SymbolConfig config = known.get(symbol);
        return config == null ? null : config.leverage();
    }

    /** The exchange says that somebody, perhaps we, set a leverage; what may be held at another one is not known. */
    void changed(Symbol symbol, int leverage) {
        known.computeIfPresent(
                symbol,
                (_, config) -> config.leverage() == leverage
                        ? config
                        : new SymbolConfig(symbol, config.isolated(), leverage, null));
    }

    /**
     * Sees to isolated margin at this leverage, touching either only while nothing is held and no order rests; null when
     * it is proven so and the size fits the bracket, else the denial of the open.
     */
    void ensure(Call.Open call, Consumer<Answer.@Nullable Denied<OrderUpdate>> then) {
        // In hedge mode long and short may be opened at once; in one-way mode the desk opens one at a time.
        boolean isTaken = onTheWay.values().stream()
                .anyMatch(other -> other.symbol().equals(call.symbol()) && other.leverage() != call.leverage());
        if (isTaken) {
            then.accept(new Answer.Denied<>(
                    0, "another open of the symbol is on its way at another leverage", Cause.LEVERAGE));
            return;
        }
        onTheWay.put(call.id(), call);
        SymbolConfig config = known.get(call.symbol());
        if (isWanted(config, call.leverage())) {
            then.accept(beyondBracket(call));
            return;
        }
        ifUntouched(
                call.symbol(),
                then,
                () -> set(call.symbol(), call.leverage(), denied -> {
                    then.accept(denied == null ? beyondBracket(call) : denied);
                }));
    }

    /** An open has its answer: from now on the exchange shows what came of it. */
    void answered(ClientOrderId id) {
        onTheWay.remove(id);
    }

    private void ifUntouched(Symbol symbol, Consumer<Answer.@Nullable Denied<OrderUpdate>> then, Runnable next) {
        talk.ask(Asks.positionOf(symbol), AccountReplies::isFlat, held -> {
            if (held instanceof Told<Boolean>(Boolean isFlat, var _) && isFlat) {
                talk.ask(Asks.openOrders(symbol), json -> json.elements().isEmpty(), resting -> {
                    if (resting instanceof Told<Boolean>(Boolean isEmpty, var _) && isEmpty) {
                        next.run();
                    } else {
                        deny(symbol, resting, "an order rests", then);
                    }
                });
            } else {
                deny(symbol, held, "a position is held", then);
            }
        });
    }

    private void set(Symbol symbol, int leverage, Consumer<Answer.@Nullable Denied<OrderUpdate>> then) {
        SymbolConfig config = known.get(symbol);
        if (config != null && config.isolated()) {
            setLeverage(symbol, leverage, then);
            return;
        }
        talk.ask(Asks.isolate(symbol), json -> json, reply -> {
            if (isDone(reply)) {
                setLeverage(symbol, leverage, then);
            } else {
                deny(symbol, reply, "", then);
            }
        });
    }

    /** What the exchange would refuse with -2027 is not sent: more than the bracket of this leverage carries. */
    private Answer.@Nullable Denied<OrderUpdate> beyondBracket(Call.Open call) {
        SymbolConfig config = known.get(call.symbol());
        Price mark = talk.mark(call.symbol());
        BigDecimal most = config == null ? null : config.most();
        if (most == null || mark == null || most.signum() <= 0) {
            return null;
        }
        BigDecimal worth = mark.times(call.quantity());
        return worth.compareTo(most) <= 0
                ? null
                : new Answer.Denied<>(
                        0,
                        "worth " + worth.toPlainString() + "; at leverage " + call.leverage() + " at most "
                                + most.toPlainString() + " may be held",
                        Cause.LEVERAGE);
    }

    private void setLeverage(Symbol symbol, int leverage, Consumer<Answer.@Nullable Denied<OrderUpdate>> then) {
        talk.ask(Asks.leverage(symbol, leverage), json -> json, reply -> {
            if (isDone(reply)) {
                readBack(symbol, leverage, then);
            } else {
                deny(symbol, reply, "", then);
            }
        });
    }

    private void readBack(Symbol symbol, int leverage, Consumer<Answer.@Nullable Denied<OrderUpdate>> then) {
        talk.ask(Asks.symbolConfig(symbol), this::configs, reply -> {
            if (!(reply instanceof Told<List<SymbolConfig>>(List<SymbolConfig> all, var _))) {
                deny(symbol, reply, "", then);
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

    /** Limits and what halts all opens are told as what they are; the words are for a reply that says nothing itself. */
    private void deny(
            Symbol symbol, Reply<?> reply, String words, Consumer<Answer.@Nullable Denied<OrderUpdate>> then) {
        known.remove(symbol);
        Cause cause = Cause.LEVERAGE;
        int code = 0;
        if (reply instanceof Refused<?>(BinanceError error, var _)) {
            code = error.code();
            cause = error.cause() == Cause.RATE ? Cause.RATE : Cause.LEVERAGE;
        }
        String why = reply instanceof Told<?> ? words : reply.failure();
        then.accept(new Answer.Denied<>(code, "margin type or leverage could not be set: " + why, cause));
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
