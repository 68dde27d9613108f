package quantum.trader.settings;

import java.math.BigDecimal;
import java.util.List;
import java.util.TreeMap;
import quantum.intent.Rung;
import quantum.market.Symbol;
import quantum.position.BreakEven;
import quantum.position.ExitDefaults;
import quantum.position.ExitPolicy;
import quantum.position.ExitPolicy.SmallPart;

/** Reads how positions end: for all symbols, and for those that have values of their own. */
final class ExitSettings {

    private ExitSettings() {}

    static ExitPolicy policy(Values values) {
        TreeMap<Symbol, ExitDefaults> bySymbol = new TreeMap<>();
        for (SymbolKey own : values.bySymbol()) {
            bySymbol.computeIfAbsent(new Symbol(own.symbol()), symbol -> defaults(values.of(symbol.name())));
        }
        return new ExitPolicy(
                defaults(values),
                bySymbol,
                new ExitPolicy.Ratchet(values.decimal(Key.RATCHET_STEP), values.millis(Key.RATCHET_PAUSE)),
                values.decimal(Key.ABSURD_PRINT),
                values.word(Key.SMALL_PART).equals("full") ? SmallPart.FULL : SmallPart.NONE);
    }

    private static ExitDefaults defaults(Values values) {
        BigDecimal target = values.decimal(Key.TAKE_PROFIT);
        BreakEven breakEven = new BreakEven(values.decimal(Key.BREAK_EVEN), values.decimal(Key.BREAK_EVEN_FEES));
        if (breakEven.isOn() && breakEven.fromPct().compareTo(breakEven.feesPct()) <= 0) {
            values.wrong(Key.BREAK_EVEN, "must be above " + Key.BREAK_EVEN_FEES.key());
        }
        if (breakEven.fromPct().compareTo(target) > 0) {
            values.wrong(Key.BREAK_EVEN, "lies beyond " + Key.TAKE_PROFIT.key());
        }
        List<Rung> ladder = ladder(values);
        if (!ladder.isEmpty() && ladder.getLast().at().compareTo(target) > 0) {
            values.wrong(Key.LADDER, "has a rung beyond " + Key.TAKE_PROFIT.key());
        }
        return new ExitDefaults(
                target,
                values.decimal(Key.STOP_LOSS),
                values.decimal(Key.TRAILING),
                values.decimal(Key.TRAILING_FROM),
                breakEven,
                values.seconds(Key.MAX_TIME),
                ladder);
    }

    private static List<Rung> ladder(Values values) {
        String text = values.required(Key.LADDER);
        try {
            return text.equals("none") ? List.of() : Rung.ladder(text);
        } catch (IllegalArgumentException e) {
            values.wrong(Key.LADDER, String.valueOf(e.getMessage()));
            return List.of();
        }
    }
}
