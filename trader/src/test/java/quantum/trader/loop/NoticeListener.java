package quantum.trader.loop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import quantum.decision.Effect;
import quantum.intent.Closed;
import quantum.intent.Report;
import quantum.record.Notice;

/** Keeps what a desk publishes, and whether it takes intents. */
final class NoticeListener extends Bystander {

    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private volatile boolean admitted;

    @Override
    public void observe(List<Effect> turn) {
        turn.stream()
                .filter(Effect.Publish.class::isInstance)
                .map(effect -> ((Effect.Publish) effect).notice())
                .forEach(notices::add);
    }

    @Override
    public void admitIntents() {
        admitted = true;
    }

    boolean isAdmitted() {
        return admitted;
    }

    List<Report> reports() {
        return notices.stream()
                .filter(Notice.Reported.class::isInstance)
                .map(notice -> ((Notice.Reported) notice).report())
                .toList();
    }

    List<Closed> ends() {
        return notices.stream()
                .filter(Notice.TradeClosed.class::isInstance)
                .map(notice -> ((Notice.TradeClosed) notice).closed())
                .toList();
    }

    List<Notice.Alert> alerts() {
        return notices.stream()
                .filter(Notice.Alert.class::isInstance)
                .map(Notice.Alert.class::cast)
                .toList();
    }
}
