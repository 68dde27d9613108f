package quantum.trader.command;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import quantum.desk.DeskView;
import quantum.trader.Trader;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.venue.Venue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a demo tells while it runs, and the summary at its end. */
final class DemoStory {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final BigDecimal START = BigDecimal.valueOf(10_000);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Terminal terminal;
    private final Venue venue;
    private final long began;
    private final Map<String, Integer> exits = new TreeMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private Instant toldAt = Instant.EPOCH;
    private int entries;
    private int protectedEntries;
    private int closes;
    private int updates;
    private int deadLetters;
    private double firstProtected;

    DemoStory(Terminal terminal, Venue venue, long beganNanos) {
        this.terminal = terminal;
        this.venue = venue;
        this.began = beganNanos;
    }

    /** A notice reached its stream. */
    synchronized void published(OutboxRow row) {
        JsonNode payload = Json.read(row.payload());
        switch (row.kind()) {
            case "trade.execution.res" -> report(row.at(), payload);
            case "trade.closed" -> closed(row.at(), payload);
            case "trade.intent.dead" -> {
                deadLetters++;
                say(row.at(), "", "dead letter: " + payload.path("detail").asString());
            }
            default -> {}
        }
    }

    private void report(Instant at, JsonNode report) {
        String symbol = report.path("symbol").asString();
        String status = report.path("status").asString();
        switch (status) {
            case "filled", "partial" -> {
                boolean isProtected = report.has("stop_order_id");
                if (opens(report)) {
                    entries++;
                } else {
                    closes++;
                }
                if (isProtected) {
                    protectedEntries++;
                    firstProtected = firstProtected == 0 ? (System.nanoTime() - began) / 1e9 : firstProtected;
                }
                say(
                        at,
                        symbol,
                        report.path("action").asString() + " " + terminal.good(status) + " "
                                + report.path("quantity").asString() + " @ "
                                + report.path("entry_price").asString()
                                + (isProtected ? "   " + terminal.good("PROTECTED") : ""));
            }
            case "updated" -> {
                updates++;
                say(at, symbol, "levels moved closer");
            }
            case "pending_fill" -> say(at, symbol, "pending: the exchange is being asked");
            default -> {
                String reason = report.path("reason").asString();
                refusals.merge(reason, 1, Integer::sum);
                say(at, symbol, report.path("action").asString() + " " + terminal.bad("refused") + " " + reason);
            }
        }
    }

    private boolean opens(JsonNode report) {
        return venue.opens().stream()
                .anyMatch(side -> side.name().equals(report.path("action").asString()));
    }

    private void closed(Instant at, JsonNode closed) {
        String reason = closed.path("reason").asString();
        exits.merge(reason, 1, Integer::sum);
        say(
                at,
                closed.path("symbol").asString(),
                "closed by " + reason + " @ " + closed.path("exit_price").asString() + "   net "
                        + closed.path("pnl_usd").asString() + " " + venue.money());
    }

    /** In the order in which it is told; an end is told when its trades are added up, and says when it was. */
    private void say(Instant at, String symbol, String words) {
        boolean late = at.isBefore(toldAt);
        toldAt = late ? toldAt : at;
        terminal.line(String.format(
                Locale.ROOT,
                "%s  %-10s %s",
                CLOCK.format(toldAt),
                symbol,
                words + (late && !CLOCK.format(at).equals(CLOCK.format(toldAt)) ? "   at " + CLOCK.format(at) : "")));
    }

    /** Waits until nothing is in flight, compares, prints the summary; the demo's exit code. */
    int end(Trader trader, Simulated exchange, SampleProducer producer) {
        if (exits.isEmpty()) {
            producer.closeWhatIsOld(Duration.ZERO);
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        List<String> differences = differences(trader, exchange);
        while ((!differences.isEmpty() || closedNothing() || inFlight(trader)) && System.nanoTime() < until) {
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
            differences = differences(trader, exchange);
        }
        DeskView view = trader.view();
        long unprotected = view == null ? 0 : view.counts().unprotected();
        summarise(differences, view == null ? 0 : view.positions().size(), unprotected);
        boolean done = protectedCount() > 0 && !closedNothing() && differences.isEmpty() && unprotected == 0;
        return done ? ExitCode.OK : ExitCode.NOT_PROVEN;
    }

    private static List<String> differences(Trader trader, Simulated exchange) {
        return Audit.compare(trader.ledger().view(), exchange.books(), START);
    }

    private static boolean inFlight(Trader trader) {
        DeskView view = trader.view();
        return view == null || !view.ordersInFlight().isEmpty();
    }

    private synchronized boolean closedNothing() {
        return exits.isEmpty();
    }

    private synchronized int protectedCount() {
        return protectedEntries;
    }

    private synchronized void summarise(List<String> differences, int open, long unprotected) {
        terminal.line("");
        String first = firstProtected > 0
                ? String.format(Locale.ROOT, "; the first %.1f s after the start", firstProtected)
                : "";
        terminal.line("fills        " + entries + " entries and " + closes + " closes");
        int over = entries - protectedEntries;
        terminal.line("protections  " + protectedEntries + " entries reported with a live stop" + first
                + (over == 0 ? "" : "; " + over + " had passed a level before and were closed at once"));
        terminal.line("open         " + open + " positions, " + unprotected + " without a live stop");
        terminal.line("exits        " + words(exits));
        terminal.line(
                "refusals     " + words(refusals) + "; " + deadLetters + " dead letters; " + updates + " updates");
        terminal.line(
                differences.isEmpty()
                        ? "ledger       " + terminal.good("equals the exchange to the last digit")
                        : "ledger       " + terminal.bad("differs from the exchange") + ": "
                                + String.join("; ", differences));
        ObjectNode summary = Json.object();
        summary.put("entries", entries)
                .put("closes", closes)
                .put("protected", protectedEntries)
                .put("open", open)
                .put("unprotected", unprotected);
        exits.forEach(summary.putObject("exits")::put);
        refusals.forEach(summary.putObject("refusals")::put);
        summary.put("dead_letters", deadLetters).put("updates", updates);
        differences.forEach(summary.putArray("differences")::add);
        terminal.object(summary);
    }

    private static String words(Map<String, Integer> counts) {
        return counts.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        counts.entrySet().stream()
                                .map(e -> e.getKey() + " " + e.getValue())
                                .toList());
    }
}
