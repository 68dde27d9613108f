package quantum.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quantum.record.Kept;
import quantum.record.Notice;
import quantum.venue.Call;
import quantum.venue.Moment;

/**
 * The effects of one event, collected. However often a row changes within a decision it is written once, as it stands at
 * the end, and before anything that must not leave earlier than it.
 */
public final class Decision {

    private final Moment now;
    private final WakeUps wakeUps;
    private final Repeats repeats;
    private final Map<String, Kept> dirty = new LinkedHashMap<>();
    private final List<Effect> notices = new ArrayList<>();
    private final List<Effect> rest = new ArrayList<>();

    public Decision(Moment now, WakeUps wakeUps, Repeats repeats) {
        this.now = now;
        this.wakeUps = wakeUps;
        this.repeats = repeats;
    }

    public Moment now() {
        return now;
    }

    public void changed(Kept kept) {
        dirty.put(kept.rowName(), kept);
    }

    public void publish(Notice notice) {
        notices.add(new Effect.Publish(notice));
    }

    public void alert(String key, Notice.Severity severity, String text, String symbol) {
        publish(new Notice.Alert(key, severity, text, symbol.isEmpty() ? null : symbol, now.exchange()));
        log(Marker.ALERT, "key", key, "severity", severity.name(), "symbol", symbol, "text", text);
    }

    /**
     * What a producer can cause again and again by repeating a message: told at once, then once a minute with a count, so
     * that it crowds no other alert out of their stream; true if it was told now.
     */
    public boolean alertOnce(String key, Notice.Severity severity, String text, String symbol) {
        int times = repeats.times("alert " + key, now.nanos());
        if (times > 0) {
            alert(key, severity, times == 1 ? text : text + " (" + times + " times since this was last told)", symbol);
        }
        return times > 0;
    }

    public void ask(Call call) {
        rest.add(new Effect.Ask(call));
    }

    public void add(Effect effect) {
        rest.add(effect);
    }

    public void wake(Timer.Kind kind, String subject, Duration after) {
        Timer timer = new Timer(kind, subject);
        long at = now.nanos() + after.toNanos();
        if (wakeUps.await(timer, at, now.nanos())) {
            rest.add(new Effect.Wake(timer, at));
        }
    }

    public void mirror(Effect.MirrorKey key, String subject, String value, Duration lifetime) {
        rest.add(new Effect.Mirror(key, subject, value, lifetime));
    }

    /** One log line; empty values are left out. */
    public void log(Marker marker, String... keysAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (!keysAndValues[i + 1].isEmpty()) {
                fields.put(keysAndValues[i], keysAndValues[i + 1]);
            }
        }
        rest.add(new Effect.Log(marker, fields));
    }

    /** A line about something that may come again and again for the same cause; told once, then with a count. */
    public void logOnce(String cause, Marker marker, String... keysAndValues) {
        int times = repeats.times(marker + cause, now.nanos());
        if (times > 0) {
            String[] counted = Arrays.copyOf(keysAndValues, keysAndValues.length + 2);
            counted[keysAndValues.length] = "times";
            counted[keysAndValues.length + 1] = times == 1 ? "" : Integer.toString(times);
            log(marker, counted);
        }
    }

    public List<Effect> effects() {
        List<Effect> all = new ArrayList<>(dirty.size() + notices.size() + rest.size());
        dirty.values().forEach(row -> all.add(new Effect.Write(row.toRow())));
        all.addAll(notices);
        all.addAll(rest);
        return all;
    }
}
