package quantum.cryptocom;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import quantum.cryptocom.Question.Rank;
import quantum.venue.Load;

/**
 * Keeps every method within the exchange's limit, which each has for itself (crypto-com 1). Who waits leaves by rank:
 * exits and protection, then opens, then questions; a third of each limit is left to the first. The exchange publishes
 * no figures of what is used, so that a window here is a tenth longer than theirs: the way there may press requests
 * together.
 */
final class RequestGate {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(32);
    /** An exit is tried again soon even where the exchange just refused for too many requests. */
    private static final Duration PAUSE_OF_EXITS = Duration.ofMillis(200);

    private static final int MOST_WAITING = 500;
    private static final long SHORT_WINDOW = Duration.ofMillis(110).toNanos();
    private static final long LONG_WINDOW = Duration.ofMillis(1100).toNanos();

    /** So many requests within so many nanoseconds. */
    record Limit(int requests, long window) {

        static Limit of(String method) {
            return switch (method) {
                case "private/create-order", "private/cancel-order", "private/cancel-all-orders" ->
                    new Limit(15, SHORT_WINDOW);
                case "private/get-order-detail" -> new Limit(30, SHORT_WINDOW);
                case "private/get-trades", "private/get-order-history" -> new Limit(1, LONG_WINDOW);
                default -> method.startsWith("public/") ? new Limit(10, SHORT_WINDOW) : new Limit(3, SHORT_WINDOW);
            };
        }

        int allowed(Rank rank) {
            return rank == Rank.EXIT ? requests : requests - requests / 3;
        }
    }

    /** One who waits to leave. */
    record Waiting(Rank rank, long order, String method, Runnable leave) {}

    private static final class Line {
        private final Limit limit;
        private final Deque<Long> sent = new ArrayDeque<>();
        private final PriorityQueue<Waiting> waiting =
                new PriorityQueue<>(Comparator.comparing(Waiting::rank).thenComparingLong(Waiting::order));
        private Duration pause = FIRST_PAUSE;
        private long pausedFrom;
        private long pausedUntil;
        private long wakeAt = Long.MAX_VALUE;

        private Line(Limit limit) {
            this.limit = limit;
        }

        /** When the next of a rank may leave. */
        private long earliest(Rank rank, long now) {
            while (!sent.isEmpty() && sent.getFirst() + limit.window() <= now) {
                sent.removeFirst();
            }
            long paused =
                    rank == Rank.EXIT ? Math.min(pausedUntil, pausedFrom + PAUSE_OF_EXITS.toNanos()) : pausedUntil;
            int over = sent.size() - limit.allowed(rank);
            long free = over < 0 ? now : sent.stream().skip(over).findFirst().orElse(now) + limit.window();
            return Math.max(free, paused);
        }
    }

    private final Conversation talk;
    private final Map<String, Line> lines = new HashMap<>();
    private long lastOrder;

    RequestGate(Conversation talk) {
        this.talk = talk;
    }

    /** Runs {@code leave} as soon as it may; null where too many wait already. */
    @Nullable
    Waiting submit(Question question, Runnable leave) {
        Line line = lines.computeIfAbsent(question.method(), method -> new Line(Limit.of(method)));
        if (line.waiting.size() >= MOST_WAITING && question.rank() != Rank.EXIT) {
            return null;
        }
        Waiting waiting = new Waiting(question.rank(), ++lastOrder, question.method(), leave);
        line.waiting.add(waiting);
        drain(line);
        return waiting;
    }

    /** True if it had not left, and now never will. */
    boolean withdraw(Waiting waiting) {
        Line line = lines.get(waiting.method());
        return line != null && line.waiting.remove(waiting);
    }

    private void drain(Line line) {
        while (!line.waiting.isEmpty()) {
            Waiting first = line.waiting.element();
            long now = talk.now().nanos();
            long at = line.earliest(first.rank(), now);
            if (at > now) {
                wake(line, at);
                return;
            }
            line.waiting.remove();
            line.sent.addLast(now);
            first.leave().run();
        }
    }

    private void wake(Line line, long at) {
        if (at >= line.wakeAt) {
            return;
        }
        line.wakeAt = at;
        talk.wakeIn(Duration.ofNanos(at - talk.now().nanos()), () -> {
            if (line.wakeAt == at) {
                line.wakeAt = Long.MAX_VALUE;
            }
            drain(line);
        });
    }

    /** The exchange had too many of this method: how long all but exits wait now, longer with each time. */
    Duration limited(String method) {
        Line line = lines.computeIfAbsent(method, name -> new Line(Limit.of(name)));
        Duration pause = line.pause;
        line.pausedFrom = talk.now().nanos();
        line.pausedUntil = line.pausedFrom + pause.toNanos();
        Duration next = pause.multipliedBy(2);
        line.pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
        return pause;
    }

    /** The exchange took one of this method: the next pause is a short one again. */
    void taken(String method) {
        Line line = lines.get(method);
        if (line != null) {
            line.pause = FIRST_PAUSE;
        }
    }

    /** The method that is nearest to its limit. */
    Load load(long now) {
        Load fullest = new Load(0, 1);
        for (Line line : lines.values()) {
            long used = line.sent.stream()
                    .filter(at -> at + line.limit.window() > now)
                    .count();
            if (used * fullest.limit() > fullest.used() * line.limit.requests()) {
                fullest = new Load(used, line.limit.requests());
            }
        }
        return fullest;
    }
}
