package quantum.simulator.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Fault;
import quantum.simulator.FaultKind;
import quantum.simulator.Json;
import quantum.simulator.Simulator;
import quantum.simulator.binance.CannedAnswer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets, shows and clears faults; silence and close without a match happen at once. */
final class FaultControl {

    private static final String EVERY_LIMIT_HEADER = "X-MBX-*";
    private static final String[] EFFECT = {
        "kind", "answer", "status", "code", "msg", "body", "millis", "field", "value", "list", "element"
    };
    private static final String[] KNOWN = {
        "kind",
        "match",
        "symbol",
        "count",
        "skip",
        "afterMillis",
        "forMillis",
        "join",
        "and",
        "answer",
        "status",
        "code",
        "msg",
        "body",
        "millis",
        "field",
        "value",
        "list",
        "element"
    };

    private final Simulator exchange;

    FaultControl(Simulator exchange) {
        this.exchange = exchange;
    }

    /** Takes one fault or a list of them; none is set when one of them is wrong. */
    JsonNode add(String body) {
        var node = Fields.parse(body);
        var faults = new ArrayList<Fault>();
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) faults.add(fault(node.get(i), "[" + i + "]"));
        } else {
            faults.add(fault(node, ""));
        }
        for (var fault : faults) set(fault);
        return read();
    }

    private void set(Fault fault) {
        var first = fault.effects().getFirst();
        if (first.kind() == FaultKind.CLOSE) exchange.cut(fault.match().path().replace("*", ""));
        else if (fault.match().nothing()) exchange.faults().silenceUntil(later(exchange.now(), first.millis()));
        else exchange.faults().add(fault);
    }

    private static long later(long now, long millis) {
        return now + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private Fault fault(JsonNode node, String prefix) {
        var fields = Fields.of(node, prefix, KNOWN);
        var effects = new ArrayList<Fault.Effect>();
        effects.add(effect(fields));
        var more = fields.node("and");
        for (int i = 0; i < more.size(); i++) {
            effects.add(effect(Fields.of(more.get(i), prefix + "and[" + i + "]", EFFECT)));
        }
        var joins = fields.has("join") && fields.requireFlag("join");
        return new Fault(match(fields, effects.getFirst().kind()), life(fields), joins, effects);
    }

    private static Fault.Match match(Fields fields, FaultKind kind) {
        var atOnce = kind == FaultKind.SILENCE || kind == FaultKind.CLOSE;
        var match = fields.has("match") || !atOnce ? fields.requireText("match") : "* ";
        int space = match.indexOf(' ');
        if (space < 1) throw fields.bad("match", "a method and a path are expected, like POST /fapi/v1/order");
        return new Fault.Match(match.substring(0, space), match.substring(space + 1), fields.text("symbol"));
    }

    /** By count unless only a time is given; then it stands for that time. */
    private Fault.Life life(Fields fields) {
        long lasts = positive(fields, "forMillis", Long.MAX_VALUE);
        long count = positive(fields, "count", fields.has("forMillis") ? Fault.Life.STANDING : 1);
        if (count > Fault.Life.STANDING) throw fields.bad("count", "too many");
        long skip = fields.getLong("skip", 0);
        if (skip < 0 || skip > Integer.MAX_VALUE) throw fields.bad("skip", "must not be negative");
        long after = fields.getLong("afterMillis", 0);
        if (after < 0) throw fields.bad("afterMillis", "must not be negative");
        long from = later(exchange.now(), after);
        long until = lasts == Long.MAX_VALUE ? Long.MAX_VALUE : later(from, lasts);
        return new Fault.Life((int) skip, (int) count, from, until);
    }

    private static long positive(Fields fields, String name, long absent) {
        long value = fields.getLong(name, absent);
        if (value < 1) throw fields.bad(name, "at least 1 is expected");
        return value;
    }

    private static Fault.Effect effect(Fields fields) {
        var kind = choice(fields, "kind", FaultKind.values());
        long millis = fields.getLong("millis", 0);
        var timed = kind == FaultKind.DELAY || kind == FaultKind.SILENCE || kind == FaultKind.STALE;
        if (timed && millis <= 0) throw fields.bad("millis", "must be positive");
        return new Fault.Effect(kind, answer(fields, kind), millis, change(fields, kind));
    }

    private static Fault.@Nullable Change change(Fields fields, FaultKind kind) {
        if (kind.stage() != FaultKind.Stage.CONTENT) return null;
        var value = fields.names().contains("value") ? fields.node("value") : null;
        return switch (kind) {
            case DROP_HEADER ->
                new Fault.Change(fields.has("field") ? fields.requireText("field") : EVERY_LIMIT_HEADER, null);
            case DROP_ELEMENT -> new Fault.Change("", null, elements(fields));
            case ADD_ELEMENT -> {
                if (value == null) throw fields.bad("value", "is required");
                if (fields.has("element") && !value.isObject()) {
                    throw fields.bad("value", "the fields that differ from the copied element are expected");
                }
                yield new Fault.Change("", value, elements(fields));
            }
            default -> {
                var chosen = fields.has("list") || fields.has("element") ? elements(fields) : null;
                yield new Fault.Change(fields.requireText("field"), value, chosen);
            }
        };
    }

    private static Fault.Elements elements(Fields fields) {
        var list = fields.text("list");
        var element = fields.node("element");
        Fault.Choice choice;
        if (!fields.has("element")) choice = new Fault.Choice.All();
        else if (element.isObject() && !element.isEmpty()) choice = new Fault.Choice.Like(element);
        else if (element.isInt()) choice = new Fault.Choice.Nth(element.intValue());
        else throw fields.bad("element", "fields to know it by, or its number, are expected");
        return new Fault.Elements(list == null ? "" : list, choice);
    }

    private static <E extends Enum<E>> E choice(Fields fields, String field, E[] values) {
        var text = fields.requireText(field);
        return Arrays.stream(values)
                .filter(value -> name(value).equals(text))
                .findFirst()
                .orElseThrow(() -> fields.bad(field, "one of " + String.join(", ", names(values)) + " is expected"));
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(FaultControl::name).toList();
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Fault.Answer answer(Fields fields, FaultKind kind) {
        if (fields.has("answer"))
            return choice(fields, "answer", CannedAnswer.values()).answer();
        var invented = kind == FaultKind.HTTP || kind == FaultKind.HTTP_AFTER;
        long status = invented ? fields.requireLong("status") : fields.getLong("status", 503);
        if (status < 200 || status > 599) throw fields.bad("status", "an HTTP status is expected");
        var message = fields.text("msg");
        return new Fault.Answer(
                (int) status, (int) fields.getLong("code", -1000), message == null ? "" : message, fields.text("body"));
    }

    JsonNode read() {
        var answer = Json.object();
        var list = answer.putArray("faults");
        for (var each : exchange.faults().active(exchange.now())) {
            var fault = each.fault();
            var shown = list.addObject()
                    .put("match", fault.match().method() + " " + fault.match().path())
                    .put("symbol", fault.match().symbol())
                    .put("met", each.met());
            if (!each.standing()) shown.put("count", each.left());
            if (fault.life().until() != Long.MAX_VALUE) {
                shown.put(
                        "millisLeft", TimeUnit.NANOSECONDS.toMillis(fault.life().until() - exchange.now()));
            }
            show(shown, fault.effects().getFirst());
            if (fault.effects().size() == 1) continue;
            var more = shown.putArray("and");
            fault.effects().stream().skip(1).forEach(effect -> show(more.addObject(), effect));
        }
        return answer.put("silent", exchange.faults().silent(exchange.now()));
    }

    private static void show(ObjectNode shown, Fault.Effect effect) {
        shown.put("kind", name(effect.kind()))
                .put("status", effect.answer().status())
                .put("code", effect.answer().code())
                .put("msg", effect.answer().message())
                .put("millis", effect.millis());
        var change = effect.change();
        if (change == null) return;
        if (!change.field().isEmpty()) shown.put("field", change.field());
        var elements = change.elements();
        if (elements == null) return;
        shown.put("list", elements.list());
        switch (elements.choice()) {
            case Fault.Choice.All _ -> {}
            case Fault.Choice.Nth nth -> shown.put("element", nth.index());
            case Fault.Choice.Like like -> shown.set("element", like.fields());
        }
    }

    JsonNode clear() {
        exchange.faults().clear();
        return read();
    }
}
