package quantum.intent.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import quantum.intent.Intent;
import quantum.intent.Reading;

/** Messages of tests, and what became of them. */
final class Messages {

    static final String TIME = "2026-01-05T10:00:00Z";

    private Messages() {}

    /** Fields as name, value, name, value. */
    static Map<String, Object> message(Object... fields) {
        Map<String, Object> message = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            message.put((String) fields[i], fields[i + 1]);
        }
        return message;
    }

    /** A sound open of BTCUSDT with these fields beside, or instead. */
    static Map<String, Object> open(Object... more) {
        Map<String, Object> message = new HashMap<>(Map.of(
                "intent_id", "a", "symbol", "BTCUSDT", "action", "BUY", "position_size_usd", "100", "timestamp", TIME));
        message.putAll(message(more));
        return message;
    }

    static Reading read(Map<String, ?> message) {
        return IntentReader.read(message, null);
    }

    static Intent.Open opened(Map<String, ?> message) {
        Reading reading = read(message);
        assertThat(reading).isInstanceOf(Reading.Understood.class);
        Intent intent = ((Reading.Understood) reading).intent();
        assertThat(intent).isInstanceOf(Intent.Open.class);
        return (Intent.Open) intent;
    }

    static Intent.Close closed(Map<String, ?> message) {
        Reading reading = read(message);
        assertThat(reading).as(message.toString()).isInstanceOf(Reading.Understood.class);
        Intent intent = ((Reading.Understood) reading).intent();
        assertThat(intent).as(message.toString()).isInstanceOf(Intent.Close.class);
        return (Intent.Close) intent;
    }

    static Reading.Refusable refused(Map<String, ?> message) {
        Reading reading = read(message);
        assertThat(reading).as(message.toString()).isInstanceOf(Reading.Refusable.class);
        return (Reading.Refusable) reading;
    }

    static Reading.Unreadable unreadable(Map<String, ?> message) {
        Reading reading = read(message);
        assertThat(reading).as(message.toString()).isInstanceOf(Reading.Unreadable.class);
        return (Reading.Unreadable) reading;
    }

    static boolean opens(Map<String, ?> message) {
        return read(message) instanceof Reading.Understood(Intent intent) && intent instanceof Intent.Open;
    }
}
