package quantum.trader;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The five ways in which producers write an intent into the stream (docs/streams.md). */
public enum WireForm {
    BUS {
        @Override
        public Map<String, String> wrap(Map<String, String> intent) {
            return entry("payload", intent, "trace_id", "", "correlation_id", "0f5d8a5e-41d6-4a67-9d08-2f1f1c9c4d11");
        }
    },
    BRIDGE {
        @Override
        public Map<String, String> wrap(Map<String, String> intent) {
            return entry("payload", intent, "source", "bridge");
        }
    },
    OLD {
        @Override
        public Map<String, String> wrap(Map<String, String> intent) {
            return Map.of("data", json(intent));
        }
    },
    FLAT {
        @Override
        public Map<String, String> wrap(Map<String, String> intent) {
            return intent;
        }
    },
    DETAILS {
        @Override
        public Map<String, String> wrap(Map<String, String> intent) {
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("intent_id", intent.getOrDefault("intent_id", ""));
            entry.put("details", json(intent));
            return entry;
        }
    };

    /** The stream entry of an intent. */
    public abstract Map<String, String> wrap(Map<String, String> intent);

    private static Map<String, String> entry(String field, Map<String, String> intent, String... more) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("event_type", "trade.intent");
        entry.put(field, json(intent));
        entry.put("timestamp", intent.getOrDefault("timestamp", ""));
        for (int i = 0; i < more.length; i += 2) {
            entry.put(more[i], more[i + 1]);
        }
        return entry;
    }

    static String json(Map<String, String> intent) {
        return JsonMapper.shared().writeValueAsString(intent);
    }
}
