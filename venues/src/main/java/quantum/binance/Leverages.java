package quantum.binance;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    void readAll(RestCall.Claim claim, Consumer<@Nullable String> then) {
        talk.ask(Endpoints.symbolConfigs().by(claim), this::configs, reply -> {
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
        Wish wish = new Wish(
                call.symbol(), call.leverage(), denied -> then.accept(denied == null ? beyondBracket(call) : denied));
        if (known.containsKey(call.symbol())) {
            see(wish);
        } else {
            read(call.symbol(), _ -> see(wish));
        }
    }

    /** What a symbol is to be set up as, and who waits for it. */
    private record Wish(Symbol symbol, int leverage, Consumer<Answer.@Nullable Denied<OrderUpdate>> then) {}

    private void see(Wish wish) {
        if (isWanted(known.get(wish.symbol()), wish.leverage())) {
            wish.then().accept(null);
        } else {
            ifUntouched(wish, () -> isolate(wish));
        }
    }

    /** An open has its answer: from now on the exchange shows what came of it. */
    void answered(ClientOrderId id) {
        onTheWay.remove(id);
    }

    private void ifUntouched(Wish wish, Runnable next) {
        talk.ask(Endpoints.positionOf(wish.symbol()), AccountReplies::isFlat, held -> {
            if (held instanceof Told<Boolean>(Boolean isFlat, var _) && isFlat) {
                talk.ask(Endpoints.openOrders(wish.symbol()), Leverages::orders, resting -> {
                    if (resting instanceof Told<String>(String orders, var _) && orders.isEmpty()) {
                        next.run();
                    } else {
                        String words = resting instanceof Told<String>(String orders, var _) ? orders : "";
                        unlessAsWished(wish, resting, "an order rests: " + words);
                    }
                });
            } else {
                unlessAsWished(wish, held, "a position is held");
            }
        });
    }

    /** The orders of a list in words; empty if there is none. */
    private static String orders(Json json) {
        return json.elements().stream()
                .map(order -> order.words("side") + " " + order.words("type") + " of " + order.words("origQty") + " at "
                        + order.words("price") + ", " + order.words("clientOrderId"))
                .limit(3)
                .collect(Collectors.joining("; "));
    }

    /** Writes only what differs; what is refused and yet as wished goes on. */
    private void isolate(Wish wish) {
        SymbolConfig config = known.get(wish.symbol());
        if (config != null && config.isolated()) {
            setLeverage(wish);
            return;
        }
        talk.ask(Endpoints.isolate(wish.symbol()), json -> json, reply -> {
            if (isDone(reply)) {
                setLeverage(wish);
            } else {
                unless(wish, reply, "", SymbolConfig::isolated, () -> setLeverage(wish));
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

    private void setLeverage(Wish wish) {
        SymbolConfig config = known.get(wish.symbol());
        if (config != null && config.leverage() == wish.leverage()) {
            readBack(wish);
            return;
        }
        talk.ask(Endpoints.leverage(wish.symbol(), wish.leverage()), json -> json, reply -> {
            if (isDone(reply)) {
                readBack(wish);
            } else {
                unlessAsWished(wish, reply, "");
            }
        });
    }

    private void readBack(Wish wish) {
        read(wish.symbol(), reply -> {
            SymbolConfig config = known.get(wish.symbol());
            if (!(reply instanceof Told<List<SymbolConfig>>)) {
                wish.then().accept(denial(reply, ""));
            } else {
                wish.then()
                        .accept(
                                isWanted(config, wish.leverage())
                                        ? null
                                        : new Answer.Denied<>(0, mismatch(config), Cause.LEVERAGE));
            }
        });
    }

    /** Reads one symbol; what is not told of it is not known. */
    private void read(Symbol symbol, Consumer<Reply<List<SymbolConfig>>> then) {
        talk.ask(Endpoints.symbolConfig(symbol), this::configs, reply -> {
            known.remove(symbol);
            if (reply instanceof Told<List<SymbolConfig>>(List<SymbolConfig> all, var _)) {
                all.stream().filter(each -> each.symbol().equals(symbol)).forEach(config -> known.put(symbol, config));
            }
            then.accept(reply);
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

    private void unlessAsWished(Wish wish, Reply<?> reply, String words) {
        unless(
                wish,
                reply,
                words,
                config -> isWanted(config, wish.leverage()),
                () -> wish.then().accept(null));
    }

    /** A refusal says that it was not set, and not that it is not so: the exchange is asked before the open is denied. */
    private void unless(Wish wish, Reply<?> reply, String words, Predicate<SymbolConfig> isSo, Runnable otherwise) {
        Answer.Denied<OrderUpdate> denial = denial(reply, words);
        if (denial.cause() == Cause.RATE) {
            known.remove(wish.symbol());
            wish.then().accept(denial);
            return;
        }
        read(wish.symbol(), _ -> {
            SymbolConfig config = known.get(wish.symbol());
            if (config != null && isSo.test(config)) {
                otherwise.run();
            } else {
                known.remove(wish.symbol());
                wish.then().accept(denial);
            }
        });
    }

    /** Limits and what halts all opens are told as what they are; the words are for a reply that says nothing itself. */
    private static Answer.Denied<OrderUpdate> denial(Reply<?> reply, String words) {
        Cause cause = Cause.LEVERAGE;
        int code = 0;
        if (reply instanceof Refused<?>(BinanceError error, var _)) {
            code = error.code();
            cause = error.cause() == Cause.RATE ? Cause.RATE : Cause.LEVERAGE;
        }
        String why = reply instanceof Told<?> ? words : reply.failure();
        return new Answer.Denied<>(code, "margin type or leverage could not be set: " + why, cause);
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
