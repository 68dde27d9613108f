package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.decision.Event;
import quantum.intent.Refusal;

/** What opens wait for beside the exchange and the ledger, as the desk hears of it. */
class HeldOpensTest {

    private static final String REPORTS = "quantum:stream:trade.execution.res";

    private final List<Event> events = new ArrayList<>();
    private long nanos;
    private final HeldOpens held = new HeldOpens(events::add, () -> nanos);

    private void pass(Duration time) {
        nanos += time.toNanos();
        held.look();
    }

    private List<Event.OpensHeld> heard() {
        return events.stream()
                .filter(Event.OpensHeld.class::isInstance)
                .map(Event.OpensHeld.class::cast)
                .filter(each -> each.why() == Refusal.ACCOUNT_UNCERTAIN)
                .toList();
    }

    @Test
    void anAccountThatIsNotSurelyOursHoldsOpensFromTheFirstPictureOn() {
        held.certain(false);
        assertThat(events).as("there is no desk yet").isEmpty();
        held.look();
        assertThat(heard())
                .singleElement()
                .satisfies(each -> assertThat(each.words()).contains("lease"));
        held.look();
        held.certain(true);
        assertThat(heard()).extracting(Event.OpensHeld::words).hasSize(2).last().isEqualTo("");
    }

    @Test
    void reportsThatNoStreamTakesHoldOpensAfterAMoment() {
        held.look();
        events.clear();
        held.blocked(REPORTS, "WRONGTYPE");
        assertThat(events).singleElement().isInstanceOf(Event.Noticed.class);
        pass(Duration.ofSeconds(2));
        assertThat(events).hasSize(1);
        pass(Duration.ofSeconds(2));
        assertThat(events)
                .last()
                .isEqualTo(new Event.OpensHeld(Refusal.REPORTS_BLOCKED, "the key " + REPORTS + " takes no reports"));
        pass(Duration.ofSeconds(60));
        assertThat(events).as("once").hasSize(2);
        held.blocked(REPORTS, "");
        held.look();
        assertThat(events).last().isEqualTo(new Event.OpensHeld(Refusal.REPORTS_BLOCKED, ""));
    }

    @Test
    void alertsThatNoStreamTakesHoldNothing() {
        held.look();
        events.clear();
        held.blocked("quantum:stream:alert", "WRONGTYPE");
        pass(Duration.ofSeconds(10));
        assertThat(events).singleElement().isInstanceOf(Event.Noticed.class);
    }
}
