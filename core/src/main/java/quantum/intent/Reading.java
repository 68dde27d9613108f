package quantum.intent;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import quantum.market.Symbol;

/** What became of reading a message's fields. */
public sealed interface Reading {

    /** The same with each symbol as the exchange names it. */
    default Reading named(UnaryOperator<Symbol> names) {
        return switch (this) {
            case Understood(Intent intent) -> new Understood(intent.of(names.apply(intent.symbol())));
            case Refusable(var origin, var symbol, var action, boolean exit, var why, var field, var detail) ->
                new Refusable(origin, names.apply(symbol), action, exit, why, field, detail);
            case Unreadable(var why, var field, var detail, var exits) ->
                new Unreadable(why, field, detail, exits.stream().map(names).toList());
        };
    }

    /** An intent that means something. */
    record Understood(Intent intent) implements Reading {}

    /**
     * Identity, symbol and action are known, so it can be reported; the rest is wrong, by the field that is named.
     * {@code exit} says whether it was meant to close, also where its action is BUY or SELL.
     */
    record Refusable(
            Origin origin,
            Symbol symbol,
            Intent.Action action,
            boolean exit,
            Refusal why,
            @Nullable String field,
            String detail)
            implements Reading {}

    /**
     * Not even that: it ends as a dead letter. The field is the first one at fault; {@code exits} are the symbols of
     * which it may have been meant as an exit.
     */
    record Unreadable(Refusal why, @Nullable String field, String detail, List<Symbol> exits) implements Reading {
        public Unreadable(Refusal why, @Nullable String field, String detail) {
            this(why, field, detail, List.of());
        }
    }
}
