package quantum.trader.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quantum.record.Entry;
import quantum.record.Entry.GuardRow;
import quantum.record.Entry.IntentRow;
import quantum.record.Entry.OrderRow;
import quantum.record.Entry.PositionRow;

/** The tables of rows: which columns each has beside its body, so that it can be asked for. */
enum Kind {
    INTENT(
            IntentRow.class,
            "intents",
            "intent_id trace_id symbol action client_order_id terminal_state reason message_ms message_seq received_at",
            "terminal_state IS NULL"),
    ORDER(
            OrderRow.class,
            "orders",
            "client_order_id symbol side purpose state intent_id epoch order_id sent_at",
            "state IN ('Pending', 'Submitted', 'Unconfirmed', 'Working', 'PartlyFilled')"),
    POSITION(PositionRow.class, "positions", "epoch symbol direction state intent_id opened_at", "state <> 'CLOSED'"),
    GUARD(GuardRow.class, "guards", "id", "TRUE");

    private static final Pattern BLANK = Pattern.compile(" ");
    /** Ids beyond it count from the future; they are known by the identity of their intents alone. */
    static final Pattern STREAM_ID = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    private final Class<? extends Entry> type;
    private final String table;
    private final String columns;
    private final String unended;

    Kind(Class<? extends Entry> type, String table, String columns, String unended) {
        this.type = type;
        this.table = table;
        this.columns = columns + " body";
        this.unended = unended;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String table() {
        return table;
    }

    /** The condition of the rows that a start needs. */
    String unended() {
        return unended;
    }

    String keyColumn() {
        return columns().getFirst();
    }

    List<String> columns() {
        return BLANK.splitAsStream(columns).toList();
    }

    Entry read(String body) {
        return (Entry) RowJson.read(body, type.asSubclass(Record.class));
    }

    /** Writing a row twice leaves the later one. */
    String upsert() {
        String marks = columns().stream().map(_ -> "?").collect(Collectors.joining(", "));
        String changes = columns().stream()
                .skip(1)
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + table + " (" + String.join(", ", columns()) + ") VALUES (" + marks + ") ON CONFLICT ("
                + keyColumn() + ") DO UPDATE SET " + changes;
    }

    static Kind of(Entry entry) {
        return switch (entry) {
            case IntentRow _ -> INTENT;
            case OrderRow _ -> ORDER;
            case PositionRow _ -> POSITION;
            case GuardRow _ -> GUARD;
        };
    }

    /** The values of the columns, in their order. */
    static List<@Nullable Object> values(Entry entry, String body) {
        List<@Nullable Object> values = new ArrayList<>();
        switch (entry) {
            case IntentRow row -> {
                Matcher position = STREAM_ID.matcher(row.messageId());
                boolean streamed = position.matches();
                addAll(values, row.intentId(), row.traceId(), row.symbol(), row.action(), row.clientOrderId());
                addAll(values, row.terminalState(), row.reason());
                addAll(values, streamed ? Long.parseLong(position.group(1)) : 0L);
                addAll(values, streamed ? Long.parseLong(position.group(2)) : 0L);
                addAll(values, Micros.of(row.receivedAt()));
            }
            case OrderRow row -> {
                addAll(values, row.clientOrderId(), row.symbol(), row.side(), row.purpose(), row.state());
                addAll(values, row.intentId(), row.epoch(), row.orderId(), Micros.of(row.sentAt()));
            }
            case PositionRow row -> {
                addAll(values, row.epoch(), row.symbol(), row.direction(), row.state(), row.intentId());
                addAll(values, Micros.of(row.openedAt()));
            }
            case GuardRow row -> addAll(values, row.key());
        }
        values.add(body);
        return values;
    }

    private static void addAll(List<@Nullable Object> values, @Nullable Object... more) {
        for (Object value : more) {
            values.add(value);
        }
    }
}
