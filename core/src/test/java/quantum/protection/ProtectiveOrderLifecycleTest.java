package quantum.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.protection.ProtectiveOrder.State;
import quantum.protection.ProtectiveOrderLifecycle.Move;
import quantum.protection.ProtectiveOrderLifecycle.Patience;
import quantum.protection.ProtectiveOrderLifecycle.Step;
import quantum.venue.Answer;
import quantum.venue.Answer.Cause;
import quantum.venue.ConditionalUpdate;
import quantum.venue.ConditionalUpdate.Status;

/** The table of the protective order's life cycle, cell by cell; {@code =} stays and asks for nothing. */
class ProtectiveOrderLifecycleTest {

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(15), Duration.ofSeconds(5));
    private static final long SINCE = Duration.ofMinutes(1).toNanos();
    private static final ClientOrderId ID = new ClientOrderId("qs-1");
    private static final Price WANTED = Price.of("1900");

    private static ProtectiveOrder order(State state) {
        return new ProtectiveOrder(state, 1, ID, WANTED, WANTED, null, "7", SINCE);
    }

    private static ConditionalUpdate update(Status status) {
        return new ConditionalUpdate(new Symbol("ETHUSDT"), ID, "8", status, Price.of("1890"), null, null);
    }

    /** In the order of the columns; a list is asked for when the event happens. */
    private static List<ProtectiveOrderEvent> events(long nanos) {
        return List.of(
                ProtectiveOrderEvent.of(update(Status.NEW)),
                ProtectiveOrderEvent.of(update(Status.TRIGGERED)),
                ProtectiveOrderEvent.of(update(Status.CANCELED)),
                ProtectiveOrderEvent.ofPlacing(new Answer.Denied<>(-1, "no", Cause.OTHER)),
                ProtectiveOrderEvent.ofPlacing(new Answer.NotSent<>("no connection")),
                ProtectiveOrderEvent.ofPlacing(new Answer.NoAnswer<>("reset")),
                new ProtectiveOrderEvent.NotFound(),
                new ProtectiveOrderEvent.Cancelled(),
                new ProtectiveOrderEvent.Unlisted(nanos),
                new ProtectiveOrderEvent.Due());
    }

    private static void assertCells(State from, Duration age, List<String> cells) {
        long nanos = SINCE + age.toNanos();
        ProtectiveOrder before = order(from);
        for (int column = 0; column < cells.size(); column++) {
            ProtectiveOrderEvent event = events(nanos).get(column);
            Step step = ProtectiveOrderLifecycle.next(before, event, PATIENCE, nanos);
            String cell = cells.get(column);
            String[] expected = "=".equals(cell) ? new String[] {from.name(), "KEEP"} : cell.split(" ");
            assertThat(List.of(step.order().state().name(), step.move().name()))
                    .as("%s on %s after %s", event, from, age)
                    .containsExactly(expected);
            boolean changes = step.order().state() != from;
            assertThat(step.order().sinceNanos()).as("%s on %s", event, from).isEqualTo(changes ? nanos : SINCE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GONE, =, FIRING FIRED, GONE LOST, GONE REFUSED, GONE NOT_SENT, =, =, =, =, GONE PLACE",
        "PLACING, RESTING LIVE, FIRING FIRED, GONE LOST, GONE REFUSED, GONE NOT_SENT, UNKNOWN DOUBTED, =, =, =, =",
        "UNKNOWN, RESTING LIVE, FIRING FIRED, GONE LOST, GONE REFUSED, GONE NOT_SENT, =, =, =, =, =",
        "RESTING, =, FIRING FIRED, GONE LOST, GONE REFUSED, GONE NOT_SENT, =, =, =, UNKNOWN MISSED, RESTING FIT",
        "FIRING, =, FIRING FIRED, GONE LOST, GONE REFUSED, GONE NOT_SENT, =, =, =, =, =",
        "CANCELLING, =, FIRING FIRED, GONE REMOVED, GONE REFUSED, GONE NOT_SENT, =, =, GONE REMOVED, =, CANCELLING CANCEL",
    })
    void everyCellAtOnce(
            State from,
            String shown,
            String triggered,
            String over,
            String refused,
            String notSent,
            String noAnswer,
            String notFound,
            String cancelled,
            String unlisted,
            String due) {
        assertCells(
                from,
                Duration.ofMillis(299),
                List.of(shown, triggered, over, refused, notSent, noAnswer, notFound, cancelled, unlisted, due));
    }

    @ParameterizedTest
    @CsvSource({
        "GONE, =, =, =, GONE PLACE",
        "PLACING, =, =, =, =",
        "UNKNOWN, GONE ABSENT, =, GONE ABSENT, UNKNOWN ASK",
        "RESTING, =, =, UNKNOWN MISSED, RESTING FIT",
        "FIRING, =, =, =, UNKNOWN STUCK",
        "CANCELLING, GONE ABSENT, GONE REMOVED, =, CANCELLING CANCEL",
    })
    void everyCellThatTimeChanges(State from, String notFound, String cancelled, String unlisted, String due) {
        long nanos = SINCE + Duration.ofMinutes(1).toNanos();
        List<ProtectiveOrderEvent> late = events(nanos).subList(6, 10);
        List<String> cells = List.of(notFound, cancelled, unlisted, due);
        for (int column = 0; column < cells.size(); column++) {
            Step step = ProtectiveOrderLifecycle.next(order(from), late.get(column), PATIENCE, nanos);
            String cell = cells.get(column);
            assertThat(step.order().state() + " " + step.move())
                    .as("%s on %s", late.get(column), from)
                    .isEqualTo("=".equals(cell) ? from + " KEEP" : cell);
        }
    }

    @Test
    void eachPatienceEndsAtItsTime() {
        assertThat(moveAfter(State.UNKNOWN, new ProtectiveOrderEvent.Due(), Duration.ofMillis(300)))
                .isEqualTo(Move.ASK);
        assertThat(moveAfter(State.UNKNOWN, new ProtectiveOrderEvent.NotFound(), Duration.ofMillis(2_999)))
                .isEqualTo(Move.KEEP);
        assertThat(moveAfter(State.UNKNOWN, new ProtectiveOrderEvent.NotFound(), Duration.ofSeconds(3)))
                .isEqualTo(Move.ABSENT);
        assertThat(moveAfter(State.FIRING, new ProtectiveOrderEvent.Due(), Duration.ofMillis(4_999)))
                .isEqualTo(Move.KEEP);
        assertThat(moveAfter(State.FIRING, new ProtectiveOrderEvent.Due(), Duration.ofSeconds(5)))
                .isEqualTo(Move.STUCK);
    }

    private static Move moveAfter(State from, ProtectiveOrderEvent event, Duration age) {
        return ProtectiveOrderLifecycle.next(order(from), event, PATIENCE, SINCE + age.toNanos())
                .move();
    }

    /** A list counts by when it was asked for, not by when it came. */
    @Test
    void aListThatWasAskedForBeforeTheStateSaysNothing() {
        long nanos = SINCE + Duration.ofMinutes(1).toNanos();
        for (State state : State.values()) {
            Step step = ProtectiveOrderLifecycle.next(
                    order(state), new ProtectiveOrderEvent.Unlisted(SINCE - 1), PATIENCE, nanos);
            assertThat(step).as("%s", state).isEqualTo(new Step(order(state), Move.KEEP));
        }
        assertThat(ProtectiveOrderLifecycle.next(
                                order(State.UNKNOWN),
                                new ProtectiveOrderEvent.Unlisted(
                                        SINCE + Duration.ofSeconds(15).toNanos()),
                                PATIENCE,
                                nanos)
                        .move())
                .isEqualTo(Move.KEEP);
    }

    /** The page shows what the function does, not what somebody remembers of it. */
    @Test
    void theTableOfTheArchitecturePageIsThisFunction() throws IOException {
        StringBuilder table =
                new StringBuilder("| State | Shown | Triggered | Over | Refused | NotSent | NoAnswer | NotFound"
                        + " | Cancelled | Unlisted | Due |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (State state : State.values()) {
            table.append("| ").append(state);
            for (int column = 0; column < events(SINCE).size(); column++) {
                String soon = cell(state, column, SINCE);
                String late = cell(state, column, SINCE + Duration.ofMinutes(1).toNanos());
                table.append(" | ").append(soon.equals(late) ? soon : "in time " + late);
            }
            table.append(" |\n");
        }
        assertThat(Files.readString(Path.of("..", "docs", "ARCHITECTURE.md"))).contains(table);
    }

    /** So does the table above the function. */
    @Test
    void theTableAboveTheFunctionIsThisFunction() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.concat(Stream.of(""), Stream.of(State.values()).map(State::name))
                .toList());
        for (int column = 0; column < events(SINCE).size(); column++) {
            List<String> row = new ArrayList<>();
            row.add(events(SINCE).get(column).getClass().getSimpleName());
            for (State state : State.values()) {
                String soon = cell(state, column, SINCE);
                String late = cell(state, column, SINCE + Duration.ofMinutes(1).toNanos());
                String told = late.replaceFirst("^= ", state + " ") + (soon.equals(late) ? "" : "*");
                row.add("=".equals(late) ? "." : told);
            }
            rows.add(row);
        }
        StringBuilder table = new StringBuilder(" * <pre>\n");
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElseThrow();
                line.append(row.get(column))
                        .repeat(' ', width + 1 - row.get(column).length());
            }
            table.append(" * ").append(line.toString().stripTrailing()).append('\n');
        }
        Path source = Path.of("src", "main", "java", "quantum", "protection", "ProtectiveOrderLifecycle.java");
        assertThat(Files.readString(source)).contains(table.append(" * </pre>\n"));
    }

    private static String cell(State state, int column, long nanos) {
        Step step = ProtectiveOrderLifecycle.next(order(state), events(nanos).get(column), PATIENCE, nanos);
        String next = step.order().state() == state ? "=" : step.order().state().name();
        return step.move() == Move.KEEP ? next : next + " " + step.move();
    }

    @Test
    void whatRestsHasTheLevelAndTheIdThatTheExchangeShows() {
        ProtectiveOrder resting = ProtectiveOrderLifecycle.next(
                        order(State.PLACING), ProtectiveOrderEvent.of(update(Status.NEW)), PATIENCE, SINCE)
                .order();
        assertThat(resting.placed()).isEqualTo(Price.of("1890"));
        assertThat(resting.conditionalId()).isEqualTo("8");
        assertThat(resting.isInPlace()).as("another level is wanted").isFalse();
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void everyStatusIsOneEvent(Status status) {
        Class<?> expected = switch (status) {
            case NEW -> ProtectiveOrderEvent.Shown.class;
            case TRIGGERING, TRIGGERED -> ProtectiveOrderEvent.Triggered.class;
            case FINISHED, CANCELED, EXPIRED, REJECTED -> ProtectiveOrderEvent.Over.class;
        };
        assertThat(ProtectiveOrderEvent.of(update(status))).isInstanceOf(expected);
        assertThat(ProtectiveOrderEvent.ofQuery(new Answer.Accepted<>(update(status))))
                .isInstanceOf(expected);
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void onlyTheWordThatThereIsNoSuchOrderAnswersAQueryOrACancel(Cause cause) {
        boolean unknown = cause == Cause.UNKNOWN_ORDER;
        assertThat(ProtectiveOrderEvent.ofQuery(new Answer.Denied<>(-1, "no", cause)))
                .isEqualTo(unknown ? new ProtectiveOrderEvent.NotFound() : null);
        assertThat(ProtectiveOrderEvent.ofCancel(new Answer.Denied<>(-1, "no", cause)))
                .isEqualTo(unknown ? new ProtectiveOrderEvent.Cancelled() : null);
    }

    @Test
    void aLostAnswerToAQueryOrACancelSaysNothing() {
        assertThat(ProtectiveOrderEvent.ofQuery(new Answer.NoAnswer<>("reset"))).isNull();
        assertThat(ProtectiveOrderEvent.ofCancel(new Answer.NotSent<>("reset"))).isNull();
        assertThat(ProtectiveOrderEvent.ofCancel(new Answer.Accepted<>(ID)))
                .isEqualTo(new ProtectiveOrderEvent.Cancelled());
    }
}
