package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.decision.Event;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.VenueEvent;

/** An exchange that is gone is told at once, and everything about it is then as it was last seen. */
class ContactTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    private void lose(String stream) {
        rig.said(new VenueEvent.StreamLost(stream, "connection reset"));
    }

    private void ready() {
        rig.said(new VenueEvent.Ready(new VenueEvent.SelfTest(rig.now().exchange(), 0, 4, List.of(), "test"), true));
    }

    private TradingState state() {
        return TradingState.of(rig.view());
    }

    @Test
    void o4_bothStreamsLostAreAnAlertAtOnceAndOneWhenTheyAreBack() {
        lose("MARKET");
        assertThat(rig.alerts("exchange-lost")).isEmpty();
        assertThat(state()).isEqualTo(TradingState.ACTIVE);
        lose("PRIVATE");
        lose("PRIVATE");
        assertThat(rig.alerts("exchange-lost")).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Notice.Severity.CRITICAL);
            assertThat(alert.text()).contains("connection reset");
        });
        assertThat(state()).isEqualTo(TradingState.DEGRADED);
        assertThat(rig.view().status().contact().streamsDown()).containsExactlyInAnyOrder("MARKET", "PRIVATE");

        rig.pass(Duration.ofSeconds(30));
        ready();
        assertThat(rig.alerts("exchange-lost")).hasSize(1);
        assertThat(rig.alerts("exchange-back"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("30 s"));
        assertThat(state()).isEqualTo(TradingState.ACTIVE);
        assertThat(rig.view().status().contact().streamsDown()).isEmpty();
    }

    @Test
    void o4_silenceIsAnAlertThoughNoStreamIsClosed() {
        rig.passSeconds(20);
        assertThat(rig.alerts("exchange-lost")).isEmpty();
        rig.pass(Duration.ofSeconds(6));
        assertThat(rig.alerts("exchange-lost")).hasSize(1);
        assertThat(Duration.between(
                        rig.view().status().contact().heardAt(), rig.view().at()))
                .isEqualTo(Duration.ofSeconds(6));
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.alerts("exchange-lost")).hasSize(1);
        rig.mark();
        assertThat(rig.alerts("exchange-back")).hasSize(1);
        rig.pass(Duration.ofSeconds(6));
        assertThat(rig.alerts("exchange-lost")).hasSize(2);
    }

    @Test
    void o4_anAnswerIsASignOfLifeAndALostOneIsNot() {
        Call.Open open = exchange.position("a", DeskRig.BTC);
        for (int i = 0; i < 4; i++) {
            rig.pass(Duration.ofSeconds(3));
            exchange.told(open.id(), new Answer.Denied<>(-1, "busy", Answer.Cause.BUSY));
        }
        assertThat(rig.alerts("exchange-lost")).isEmpty();
        for (int i = 0; i < 2; i++) {
            rig.pass(Duration.ofSeconds(3));
            exchange.told(open.id(), new Answer.NoAnswer<>("timeout"));
            rig.said(new VenueEvent.ReadFailed(new Call.ReadPositions(), "timeout"));
        }
        assertThat(rig.alerts("exchange-lost")).hasSize(1);
    }

    @Test
    void o4_whoStoodStillHimselfLostNobody() {
        rig.standStill(Duration.ofSeconds(60));
        rig.on(new Event.Stalled(Duration.ofSeconds(60)));
        rig.pass(Duration.ofMillis(100));
        rig.mark();
        assertThat(rig.alerts("exchange-lost")).isEmpty();
    }
}
