package quantum.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.market.Price;
import quantum.market.Quantity;

/** The table of the order life cycle, cell by cell; {@code =} stays, {@code X} is a contradiction. */
class OrderLifecycleTest {

    private static final OrderId ID = new OrderId("77");
    private static final List<String> STATES =
            List.of("Pending", "Submitted", "Unconfirmed", "Working", "PartlyFilled", "Filled", "Ended", "Rejected");

    private static Fill fill(String quantity) {
        return new Fill(Price.of("100"), Quantity.of(quantity), null);
    }

    private static OrderState state(String name) {
        return switch (name) {
            case "Pending" -> new OrderState.Pending();
            case "Submitted" -> new OrderState.Submitted();
            case "Unconfirmed" -> new OrderState.Unconfirmed();
            case "Working" -> new OrderState.Working(ID);
            case "PartlyFilled" -> new OrderState.PartlyFilled(ID, fill("4"));
            case "Filled" -> new OrderState.Filled(ID, fill("10"));
            case "Ended" -> new OrderState.Ended(ID, OrderState.Ending.EXPIRED, fill("4"));
            case "Rejected" -> new OrderState.Rejected(Denial.denied(-1, "no"));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static List<OrderEvent> events() {
        return List.of(
                new OrderEvent.Sent(),
                new OrderEvent.NoAnswer(),
                new OrderEvent.Acknowledged(ID),
                new OrderEvent.PartlyExecuted(ID, fill("3")),
                new OrderEvent.Executed(ID, fill("10")),
                new OrderEvent.Over(ID, OrderState.Ending.CANCELED, null),
                new OrderEvent.Denied(Denial.denied(-2, "no")),
                new OrderEvent.Missing());
    }

    @ParameterizedTest
    @CsvSource({
        "Pending,      Submitted, X,           X,       X,            X,      X,     X,        X",
        "Submitted,    X,         Unconfirmed, Working, PartlyFilled, Filled, Ended, Rejected, Rejected",
        "Unconfirmed,  X,         =,           Working, PartlyFilled, Filled, Ended, Rejected, Rejected",
        "Working,      X,         =,           =,       PartlyFilled, Filled, Ended, X,        =",
        "PartlyFilled, X,         =,           =,       =,            Filled, Ended, X,        =",
        "Filled,       X,         =,           =,       =,            =,      =,     X,        =",
        "Ended,        X,         =,           =,       =,            Filled, Ended, X,        =",
        "Rejected,     X,         =,           X,       X,            X,      X,     =,        =",
    })
    void everyCell(
            String from,
            String sent,
            String noAnswer,
            String acknowledged,
            String partly,
            String executed,
            String over,
            String denied,
            String missing) {
        List<String> cells = List.of(sent, noAnswer, acknowledged, partly, executed, over, denied, missing);
        for (int i = 0; i < cells.size(); i++) {
            OrderState before = state(from);
            OrderEvent event = events().get(i);
            String cell = cells.get(i);
            if ("X".equals(cell)) {
                assertThatThrownBy(() -> OrderLifecycle.next(before, event))
                        .as("%s on %s", event, from)
                        .isInstanceOf(IllegalOrderEvent.class);
            } else if ("=".equals(cell)) {
                assertThat(OrderLifecycle.next(before, event))
                        .as("%s on %s", event, from)
                        .isEqualTo(before);
            } else {
                assertThat(OrderLifecycle.next(before, event).getClass().getSimpleName())
                        .as("%s on %s", event, from)
                        .isEqualTo(cell);
            }
        }
    }

    /** The page shows what the function does, not what somebody remembers of it. */
    @Test
    void theTableOfTheArchitecturePageIsThisFunction() throws IOException {
        StringBuilder table =
                new StringBuilder("| State | Sent | NoAnswer | Acknowledged | PartlyExecuted | Executed | Over"
                        + " | Denied | Missing |\n|---|---|---|---|---|---|---|---|---|\n");
        for (String name : STATES) {
            table.append("| ").append(name);
            for (int column = 0; column < events().size(); column++) {
                table.append(" | ").append(cell(state(name), column));
            }
            table.append(" |\n");
        }
        assertThat(Files.readString(Path.of("..", "docs", "ARCHITECTURE.md"))).contains(table);
    }

    private static String cell(OrderState before, int column) {
        try {
            OrderState after = OrderLifecycle.next(before, events().get(column));
            OrderState afterMore =
                    OrderLifecycle.next(before, eventsThatSayMore().get(column));
            boolean isSame = after.getClass() == before.getClass();
            return !isSame ? after.getClass().getSimpleName() : afterMore.equals(before) ? "=" : "= with more";
        } catch (IllegalOrderEvent contradiction) {
            return "X";
        }
    }

    /** The same events of an order of which more was executed, or of which the fee is known. */
    private static List<OrderEvent> eventsThatSayMore() {
        Fill known = new Fill(Price.of("100"), Quantity.of("10"), new BigDecimal("0.4"));
        List<OrderEvent> events = new ArrayList<>(events());
        events.set(3, new OrderEvent.PartlyExecuted(ID, fill("6")));
        events.set(4, new OrderEvent.Executed(ID, known));
        events.set(5, new OrderEvent.Over(ID, OrderState.Ending.EXPIRED, fill("6")));
        return events;
    }

    @Test
    void endKeepsTheLargerFill() {
        OrderState ended = OrderLifecycle.next(state("PartlyFilled"), events().get(5));
        assertThat(ended.fill()).isEqualTo(fill("4"));
        OrderState later = OrderLifecycle.next(ended, new OrderEvent.PartlyExecuted(ID, fill("6")));
        assertThat(later).isEqualTo(new OrderState.Ended(ID, OrderState.Ending.CANCELED, fill("6")));
    }

    @Test
    void ofEqualFillsTheOneThatKnowsItsFeeIsKept() {
        Fill told = new Fill(Price.of("100"), Quantity.of("10"), new BigDecimal("0.4"));
        OrderState filled = OrderLifecycle.next(state("Filled"), new OrderEvent.Executed(ID, told));
        assertThat(filled.fill()).isEqualTo(told);
        assertThat(OrderLifecycle.next(filled, new OrderEvent.Executed(ID, fill("10")))
                        .fill())
                .isEqualTo(told);
    }

    @Test
    void fillsNeverShrinkAndAFilledOrderStaysFilled() {
        Random random = new Random(3);
        for (int run = 0; run < 2000; run++) {
            OrderState state = OrderLifecycle.next(new OrderState.Pending(), new OrderEvent.Sent());
            for (int i = 0; i < 20; i++) {
                OrderState before = state;
                try {
                    state = OrderLifecycle.next(before, events().get(1 + random.nextInt(7)));
                } catch (IllegalOrderEvent contradiction) {
                    assertThat(contradiction).hasMessageContaining("cannot follow");
                }
                assertThat(quantity(state)).isGreaterThanOrEqualTo(quantity(before));
                if (before instanceof OrderState.Filled) {
                    assertThat(state).isEqualTo(before);
                }
            }
        }
    }

    private static BigDecimal quantity(OrderState state) {
        Fill fill = state.fill();
        return fill == null ? BigDecimal.ZERO : fill.quantity().value();
    }

    @Test
    void idsOfOursAreKnownAndOfOthersTaken() {
        assertThat(ClientOrderId.open("a").isOurs()).isTrue();
        assertThat(ClientOrderId.exit("a", 999_999).value()).hasSizeLessThanOrEqualTo(36);
        assertThat(ClientOrderId.stop("a", 1)).isNotEqualTo(ClientOrderId.stop("b", 1));
        for (String foreign : List.of("autoclose-1634559323", "adl_autoclose", "web_x", "ios_1", "x-Cb7", "a.b:c/d")) {
            assertThat(new ClientOrderId(foreign).isOurs()).isFalse();
        }
        assertThatThrownBy(() -> new ClientOrderId("a b")).isInstanceOf(IllegalArgumentException.class);
    }
}
