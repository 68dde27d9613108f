package quantum.simulator.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import quantum.simulator.Fault;
import quantum.simulator.FaultKind;
import quantum.simulator.Json;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;

/** Sets, shows and clears faults; silence without a match starts at once. */
final class FaultControl {

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
        for (var fault : faults) {
            var immediate = fault.kind() == FaultKind.SILENCE && fault.path().isEmpty();
            if (immediate)
                exchange.faults().silenceUntil(exchange.now() + TimeUnit.MILLISECONDS.toNanos(fault.millis()));
            else exchange.faults().add(fault);
        }
        return read();
    }

    private static Fault fault(JsonNode node, String prefix) {
        var fields =
                Fields.of(node, prefix, "kind", "match", "symbol", "count", "status", "code", "msg", "body", "millis");
        var kind = kind(fields);
        var match = fields.has("match") || kind != FaultKind.SILENCE ? fields.requireText("match") : "* ";
        int space = match.indexOf(' ');
        if (space < 1) throw fields.bad("match", "a method and a path are expected, like POST /fapi/v1/order");
        long count = fields.getLong("count", 1);
        if (count < 1 || count > Integer.MAX_VALUE) throw fields.bad("count", "at least 1 is expected");
        long millis = fields.getLong("millis", 0);
        var timed = kind == FaultKind.DELAY || kind == FaultKind.SILENCE;
        if (timed && millis <= 0) throw fields.bad("millis", "must be positive");
        return new Fault(
                match.substring(0, space),
                match.substring(space + 1),
                fields.text("symbol"),
                (int) count,
                kind,
                answer(fields, kind),
                millis);
    }

    private static FaultKind kind(Fields fields) {
        var text = fields.requireText("kind");
        return Arrays.stream(FaultKind.values())
                .filter(kind -> name(kind).equals(text))
                .findFirst()
                .orElseThrow(() -> fields.bad(
                        "kind",
                        "one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(FaultKind.values())
                                                .map(FaultControl::name)
                                                .toList())
                                + " is expected"));
    }

    private static String name(FaultKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Fault.Answer answer(Fields fields, FaultKind kind) {
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
        for (var fault : exchange.faults().pending()) {
            list.addObject()
                    .put("kind", name(fault.kind()))
                    .put("match", fault.method() + " " + fault.path())
                    .put("symbol", fault.symbol())
                    .put("count", fault.count())
                    .put("status", fault.answer().status())
                    .put("code", fault.answer().code())
                    .put("msg", fault.answer().message())
                    .put("millis", fault.millis());
        }
        return answer.put("silent", exchange.faults().silent(exchange.now()));
    }

    JsonNode clear() {
        exchange.faults().clear();
        return read();
    }
}
