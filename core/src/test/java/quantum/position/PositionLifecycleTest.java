package quantum.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.intent.Closed.Reason;
import quantum.position.PositionState.End;

/** The table of a position's life cycle, cell by cell; {@code =} stays. */
class PositionLifecycleTest {

    private static final Duration ABSENCE = Duration.ofSeconds(15);
    private static final long ASKED = Duration.ofMinutes(1).toNanos();
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final End END = new End(Reason.SL, NOW);
    private static final List<String> STATES = List.of("Held", "Doubted", "Ended", "AddedUp", "Closed");

    private static PositionState state(String name) {
        return switch (name) {
            case "Held" -> new PositionState.Held();
            case "Doubted" -> new PositionState.Doubted(ASKED);
            case "Ended" -> new PositionState.Ended(END, 3, 2, false);
            case "AddedUp" -> new PositionState.AddedUp(END);
            case "Closed" -> new PositionState.Closed(END);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static List<PositionEvent> events(Duration sinceAsked) {
        return List.of(
                new PositionEvent.Executed(),
                new PositionEvent.Reduced(),
                new PositionEvent.Shown(),
                new PositionEvent.Missing(ASKED + sinceAsked.toNanos(), ABSENCE, NOW),
                new PositionEvent.Gone(Reason.TP, NOW.plusSeconds(1)),
                new PositionEvent.StillHeld(),
                new PositionEvent.Incomplete(),
                new PositionEvent.Unread(),
                new PositionEvent.AddsUp(),
                new PositionEvent.Told());
    }

    @ParameterizedTest
    @CsvSource({
        "Held,    =,    =,    =,    Doubted, Ended, =, =, =, =,       =",
        "Doubted, Held, Held, Held, =,       Ended, =, =, =, =,       =",
        "Ended,   Held, =,    =,    =,       =,     =, =, =, AddedUp, Closed",
        "AddedUp, =,    =,    =,    =,       =,     =, =, =, =,       Closed",
        "Closed,  =,    =,    =,    =,       =,     =, =, =, =,       =",
    })
    void everyCell(
            String from,
            String executed,
            String reduced,
            String shown,
            String missing,
            String gone,
            String stillHeld,
            String incomplete,
            String unread,
            String addsUp,
            String told) {
        List<String> cells =
                List.of(executed, reduced, shown, missing, gone, stillHeld, incomplete, unread, addsUp, told);
        for (int column = 0; column < cells.size(); column++) {
            PositionEvent event = events(Duration.ofSeconds(14)).get(column);
            String after = PositionLifecycle.next(state(from), event).getClass().getSimpleName();
            String cell = cells.get(column);
            assertThat(after).as("%s on %s", event, from).isEqualTo("=".equals(cell) ? from : cell);
        }
    }

    /** X-F6: a list that lacks it is a doubt; another, asked for so much later, is the end. */
    @Test
    void anAbsenceThatLastsEndsIt() {
        PositionState doubted = new PositionState.Doubted(ASKED);
        PositionEvent soon = new PositionEvent.Missing(ASKED + ABSENCE.toNanos() - 1, ABSENCE, NOW);
        PositionEvent late = new PositionEvent.Missing(ASKED + ABSENCE.toNanos(), ABSENCE, NOW);
        assertThat(PositionLifecycle.next(doubted, soon)).isEqualTo(doubted);
        assertThat(PositionLifecycle.next(doubted, late))
                .isEqualTo(new PositionState.Ended(new End(null, NOW), 0, 0, false));
    }

    @Test
    void aDoubtIsAsOldAsTheQuestionWhoseAnswerRaisedIt() {
        PositionEvent missing = new PositionEvent.Missing(ASKED, ABSENCE, NOW);
        assertThat(PositionLifecycle.next(new PositionState.Held(), missing))
                .isEqualTo(new PositionState.Doubted(ASKED));
    }

    /** Seed 15701: a list that shows what has ended lags, unless its trades leave something held too. */
    @Test
    void whatIsShownGoesOnWhereItsTradesSaySo() {
        PositionState ended = PositionState.Ended.of(END);
        assertThat(PositionLifecycle.next(ended, new PositionEvent.Shown())).isEqualTo(ended);
        PositionState held = PositionLifecycle.next(ended, new PositionEvent.StillHeld());
        assertThat(PositionLifecycle.next(held, new PositionEvent.Shown())).isEqualTo(new PositionState.Held());
        PositionState since = PositionLifecycle.next(held, new PositionEvent.Incomplete());
        assertThat(PositionLifecycle.next(since, new PositionEvent.Shown())).isEqualTo(since);
    }

    @Test
    void readingsAreCountedAndWhatIsReadForgetsTheFailures() {
        PositionState state = PositionState.Ended.of(END);
        state = PositionLifecycle.next(state, new PositionEvent.Unread());
        state = PositionLifecycle.next(state, new PositionEvent.Unread());
        assertThat(state).isEqualTo(new PositionState.Ended(END, 0, 2, false));
        state = PositionLifecycle.next(state, new PositionEvent.StillHeld());
        assertThat(state).isEqualTo(new PositionState.Ended(END, 1, 0, true));
        state = PositionLifecycle.next(state, new PositionEvent.Incomplete());
        assertThat(state).isEqualTo(new PositionState.Ended(END, 2, 0, false));
    }

    /** A reason and a time belong to an end alone: what goes on has neither, and its next end its own. */
    @Test
    void anEndIsKeptUntilItIsToldOrTheLifeGoesOn() {
        PositionState ended = PositionLifecycle.next(new PositionState.Held(), new PositionEvent.Gone(Reason.SL, NOW));
        assertThat(ended.end()).isEqualTo(END);
        PositionState addedUp = PositionLifecycle.next(ended, new PositionEvent.AddsUp());
        PositionState closed = PositionLifecycle.next(addedUp, new PositionEvent.Told());
        assertThat(List.of(ended, addedUp, closed))
                .extracting(PositionState::end)
                .containsOnly(END);
        assertThat(PositionLifecycle.next(ended, new PositionEvent.Executed()).end())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPEN", "SETTLING", "CLOSED"})
    void whatTheLedgerWroteIsReadAgain(String row) {
        PositionState read = PositionState.of(row, NOW);
        assertThat(read.row()).isEqualTo(row);
        assertThat(read.end()).isEqualTo("OPEN".equals(row) ? null : new End(null, NOW));
    }

    /** The page and the comment above the function show what it does, not what somebody remembers of it. */
    @Test
    void bothTablesAreThisFunction() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (int column = 0; column < events(Duration.ZERO).size(); column++) {
            List<String> row = new ArrayList<>();
            row.add(events(Duration.ZERO).get(column).getClass().getSimpleName());
            for (String from : STATES) {
                row.add(cell(from, column));
            }
            rows.add(row);
        }
        StringBuilder page =
                new StringBuilder("| Event | " + String.join(" | ", STATES) + " |\n|---|---|---|---|---|---|\n");
        StringBuilder comment = new StringBuilder(" * <pre>\n *            " + line(STATES) + "\n");
        for (List<String> row : rows) {
            page.append("| ").append(String.join(" | ", row)).append(" |\n");
            comment.append(" * ").append(line(row)).append('\n');
        }
        assertThat(Files.readString(Path.of("..", "docs", "ARCHITECTURE.md"))).contains(page);
        Path source = Path.of("src", "main", "java", "quantum", "position", "PositionLifecycle.java");
        assertThat(Files.readString(source)).contains(comment.append(" * </pre>\n"));
    }

    private static String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        cells.forEach(cell -> line.append(cell).repeat(' ', 11 - cell.length()));
        return line.toString().stripTrailing();
    }

    private static String cell(String from, int column) {
        PositionState before = state(from);
        PositionState soon =
                PositionLifecycle.next(before, events(Duration.ofSeconds(1)).get(column));
        PositionState late = PositionLifecycle.next(before, events(ABSENCE).get(column));
        PositionState more = PositionLifecycle.next(
                from.equals("Ended") ? new PositionState.Ended(END, 3, 2, true) : before,
                events(Duration.ofSeconds(1)).get(column));
        String plain = late.getClass().getSimpleName();
        String told = more.getClass().getSimpleName();
        boolean isPlain = soon.getClass() == late.getClass() && soon.getClass() == more.getClass();
        String most = plain.equals(from) ? told : plain;
        return most.equals(from) ? "." : most + (isPlain ? "" : "*");
    }
}
