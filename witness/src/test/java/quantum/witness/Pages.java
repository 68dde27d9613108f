package quantum.witness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** The pages of docs/venues that are made from the tables and from what the tests heard. */
final class Pages {

    private static final String COMMAND = "./quantum test";

    private static final String BEHAVIOUR = """
            ## Behaviour

            - The connector names its control frames by a UUID where 1.3 asks for an unsigned integer. It is the exchange's own
              client, so the simulator understands both.
            - It signs query and form body together (2.1) and puts the signature at the query's end, not behind the body. The
              simulator takes it as the last of either.
            - Over the WebSocket API its timestamp is a text where 10 asks for an integer; the simulator takes both, of the
              timestamp alone.
            - It takes quantities as double and sends the sum of 0.1 and 0.2 as 0.30000000000000004; the simulator refuses it with
              -1111, as 6.1 says.
            - It notes a request only after it left, too late for an answer that comes at once, and waits for no
              acknowledgement; the tests do both for it.
            - 3.1, 3.5 and 4.2 name `priceMatch`, `selfTradePreventionMode` and `modifyId`, and for conditional orders
              `newOrderRespType` and `goodTillDate`; the simulator reads none of them and no test sends them.
            """;

    private final Testimony testimony;

    Pages(Testimony testimony) {
        this.testimony = testimony;
    }

    /** Every entry with its parameters and fields, and the test that covers each. */
    String contract() {
        var page = new StringBuilder("""
                # Binance USDM: the contract of the simulator

                Every endpoint, stream and event that the simulator serves, each parameter and field with the test that covers it
                (classes of `witness`, which calls through the exchange's official Java connector). A star marks what must be sent.
                A field is covered by a test that heard it over the socket with the type the reference gives it; a test fails when
                the simulator says more, less or other than the shape, and when this table claims what its test did not send or hear.
                Made from `contract.txt` and `shapes/` in `witness/src/test/resources/quantum/witness` by `%s`, which
                writes `witness/target/binance-contract.md`; this page is its copy.

                | Entry | Reference | | Names | Test |
                |---|---|---|---|---|
                """.formatted(COMMAND));
        for (var entry : testimony.contract().entries().values()) {
            var first = "`" + entry.name() + "` | " + entry.section();
            for (var row : rows(entry)) {
                page.append("| ").append(first).append(" | ").append(row).append(" |\n");
                first = " | ";
            }
        }
        return page.toString();
    }

    private List<String> rows(Contract.Entry entry) {
        var rows = new ArrayList<String>();
        var waits = testimony.contract().later().contains(entry.name()) ? " (not served yet)" : "";
        var byTest = new LinkedHashMap<String, List<String>>();
        entry.parameters()
                .forEach((name, parameter) -> byTest.computeIfAbsent(parameter.test(), _ -> new ArrayList<>())
                        .add("`" + name + "`" + (parameter.required() ? "*" : "")));
        byTest.forEach((test, names) -> rows.add("parameters | " + String.join(" ", names) + " | " + test + waits));
        for (var reply : entry.replies()) {
            rows.add("reply | " + required(testimony.shapes().get(reply)) + " | " + String.join(" ", entry.values())
                    + waits);
        }
        var optional = new LinkedHashMap<String, List<String>>();
        for (var reply : entry.replies()) {
            testimony.shapes().get(reply).fields().forEach((path, field) -> {
                if (field.optional()) {
                    var test = entry.fields().get(path);
                    optional.computeIfAbsent(test == null ? "absent: " + field.why() : test, _ -> new ArrayList<>())
                            .add("`" + shown(path) + "`");
                }
            });
        }
        optional.forEach((test, paths) -> rows.add("optional | " + String.join(" ", paths) + " | " + test));
        return rows;
    }

    private static String required(Shape shape) {
        var names = shape.fields().keySet().stream()
                .filter(path -> shape.always(path) && !shape.holds(path))
                .map(path -> "`" + shown(path) + "`")
                .collect(Collectors.joining(" "));
        if (names.isEmpty()) return "`{}`";
        return shape.root().kinds().contains(Shape.Kind.ARRAY) ? "a list of " + names : names;
    }

    /** An element's field without the list. */
    private static String shown(String path) {
        return path.startsWith("[].") ? path.substring(3) : path;
    }

    /** What the connector called and heard in this run, and where the two differ. */
    String witness() {
        var page = new StringBuilder("""
                # Binance USDM: what a stranger said

                The exchange's official Java connector (`io.github.binance:binance-derivatives-trading-usds-futures` 7.0.0) drives
                the simulator over sockets, in another process. Each row says what it called, by which of its methods, and every
                answer it got: 200, or the status and code of a refusal that a test asked for.
                Made by `%s`, which writes `witness/target/binance-witness.md`; this page is its copy.

                | Called | Method | Answers |
                |---|---|---|
                """.formatted(COMMAND));
        testimony
                .results()
                .forEach((entry, methods) -> methods.forEach((method, answers) ->
                        page.append("| `%s` | %s | %s |%n".formatted(entry, method, String.join(", ", answers)))));
        page.append("""

                ## Differences

                Fields that one side alone has, parameters with a question mark; then the reference's word on who is right.

                | Called | Only | Names | Right |
                |---|---|---|---|
                """);
        for (var known : testimony.differences().known()) {
            page.append("| `%s` | %s | %s | %s |%n"
                    .formatted(
                            known.entry(),
                            known.side(),
                            known.fields().stream()
                                    .map(name -> "`" + name + "`")
                                    .collect(Collectors.joining(" ")),
                            known.verdict()));
        }
        page.append("\n").append(BEHAVIOUR);
        if (!testimony.contract().later().isEmpty()) page.append("\n## Not served yet\n\n");
        testimony
                .contract()
                .later()
                .forEach(name -> page.append("- `").append(name).append("`\n"));
        return page.toString();
    }
}
