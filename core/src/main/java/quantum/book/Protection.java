package quantum.book;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.market.Price;
import quantum.market.ProtectionForm;
import quantum.order.ClientOrderId;
import quantum.position.ExitPlan;
import quantum.protection.ProtectiveOrder;
import quantum.record.Entry;
import quantum.rules.Rules;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.Moment;

/**
 * What rests on the exchange for one life of a position: a stop, a target, and while the stop moves a bridge from its old
 * place to its new one. Knows since when there is no live stop.
 */
public final class Protection {

    // What the ids of all attempts have in common: an order of an earlier one is known as well.
    private final String stopPrefix;
    private final String targetPrefix;
    private final String bridgePrefix;
    private ProtectiveOrder stop;
    private ProtectiveOrder target;
    private @Nullable ProtectiveOrder bridge;
    private long bridgeChangedNanos;
    // In a row and for each level, because the pause before the next try grows with them.
    private int stopFailures;
    private int targetFailures;
    private int takenOff;
    private final Map<Level, Lost> lost = new EnumMap<>(Level.class);
    private final Map<Level, Beside> beside = new EnumMap<>(Level.class);
    private final Set<Level> askedWhose = EnumSet.noneOf(Level.class);
    private final Map<Level, Taken> taken = new EnumMap<>(Level.class);
    private int bridgeFailures;
    private String bridgeRefusal = "";
    // Counts only while no stop is live; a new position has none from its first fill on.
    private long nakedSinceNanos;
    private boolean everProtected;
    private boolean alarmed;

    private Protection(String epoch, ProtectiveOrder stop, ProtectiveOrder target, long nanos) {
        this.stopPrefix = ClientOrderId.stopPrefix(epoch);
        this.targetPrefix = ClientOrderId.targetPrefix(epoch);
        this.bridgePrefix = ClientOrderId.bridgePrefix(epoch);
        this.stop = stop;
        this.target = target;
        this.nakedSinceNanos = nanos;
        this.bridgeChangedNanos = nanos;
    }

    /** Of a new position: nothing rests yet. */
    public static Protection none(String epoch, ExitPlan plan, long nanos) {
        return new Protection(
                epoch, ProtectiveOrder.none(plan.stop(), nanos), ProtectiveOrder.none(plan.target(), nanos), nanos);
    }

    /** As the ledger knew them; whether they rest is unknown until the exchange lists them. */
    public static Protection restored(Entry.PositionRow row, ExitPlan plan, long nanos) {
        ClientOrderId stopId = ClientOrderId.stop(row.epoch(), row.stopAttempt());
        ClientOrderId targetId = ClientOrderId.target(row.epoch(), row.targetAttempt());
        Protection protection = new Protection(
                row.epoch(),
                ProtectiveOrder.remembered(stopId, row.stopAttempt(), plan.stop(), nanos),
                ProtectiveOrder.remembered(targetId, row.targetAttempt(), plan.target(), nanos),
                nanos);
        // Its stop counts as laid until the exchange says otherwise: it is not closed as one that never had any.
        protection.everProtected = true;
        return protection;
    }

    public ProtectiveOrder at(Level level) {
        return level == Level.STOP ? stop : target;
    }

    @Nullable
    public ProtectiveOrder bridge() {
        return bridge;
    }

    /** When there came to be a bridge, or none. */
    public long bridgeChangedNanos() {
        return bridgeChangedNanos;
    }

    /** Sets the order of a level; the time that this ends in which no stop was live, or null if it ends none. */
    @Nullable
    public Duration set(Level level, ProtectiveOrder order, long nanos) {
        boolean before = isProtected();
        if (level == Level.STOP) {
            stop = order;
        } else {
            target = order;
        }
        return gapEnded(before, nanos);
    }

    /** The same for the bridge; null once there is none. */
    @Nullable
    public Duration setBridge(@Nullable ProtectiveOrder order, long nanos) {
        boolean before = isProtected();
        bridge = order;
        bridgeChangedNanos = nanos;
        return gapEnded(before, nanos);
    }

    /** Seen at each change of an order, so that no time without a live stop is missed (law 4). */
    private @Nullable Duration gapEnded(boolean before, long nanos) {
        if (before && !isProtected()) {
            nakedSinceNanos = nanos;
        } else if (!before && isProtected()) {
            everProtected = true;
            alarmed = false;
            return Duration.ofNanos(nanos - nakedSinceNanos);
        }
        return null;
    }

    /** What is wanted from now on. The order stays where it rests until another one does. */
    public void moveTo(Level level, Price trigger) {
        if (level == Level.STOP) {
            stop = stop.movedTo(trigger);
        } else {
            target = target.movedTo(trigger);
        }
    }

    /** A stop is live, at its place, at its old one or on the bridge (law 4). */
    public boolean isProtected() {
        return stop.isLive() || (bridge != null && bridge.isLive());
    }

    /**
     * Live at the level that is wanted, and in the form: of the whole position; by quantity in a pair, or beside another's
     * order.
     */
    public boolean isInPlace(Level level, BigDecimal held, ProtectionForm form) {
        ProtectiveOrder order = at(level);
        boolean byQuantity = form == ProtectionForm.PAIR || beside.containsKey(level);
        return order.isInPlace() && (byQuantity ? order.isOf(held) : order.size() == null);
    }

    /**
     * An order of another hand closes all of the position at this level, of which the exchange takes one alone; ours rests
     * by quantity beside it (X-F5). Its id is absent until a list shows it; {@code missed} counts the lists without it.
     */
    public record Beside(@Nullable String other, int missed) {}

    @Nullable
    public Beside beside(Level level) {
        return beside.get(level);
    }

    /** Null where ours closes the whole position itself. */
    public void besideOf(Level level, @Nullable Beside how) {
        // By whichever form it is laid, the question has its answer.
        askedWhose.remove(level);
        if (how == null) {
            beside.remove(level);
        } else {
            beside.put(level, how);
        }
    }

    /** The exchange says that such an order rests already; a list tells whose. */
    public void askWhose(Level level, long nanos) {
        askedWhose.add(level);
        Taken before = taken.get(level);
        taken.put(level, new Taken(before == null ? 1 : before.times() + 1, nanos));
    }

    /** How often in a row the exchange said that the place is taken, and when it last did. */
    private record Taken(int times, long sinceNanos) {}

    /** How much longer the place is not tried again: lists may not show what holds it, an order that is triggering. */
    public Duration placePause(Level level, Rules.Guarding rules, long nanos) {
        Taken last = taken.get(level);
        if (last == null) {
            return Duration.ZERO;
        }
        Duration left = rules.pause(last.times()).minusNanos(nanos - last.sinceNanos());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** An order of ours has the place. The next refusal is the first again. */
    public void hasPlace(Level level) {
        taken.remove(level);
    }

    public boolean isAskedWhose(Level level) {
        return askedWhose.contains(level);
    }

    /**
     * True if the exchange answers for a level: an order of it is live where it should be, or is being executed. Then
     * the watch leaves the level to it for a moment, or both would close the same.
     */
    public boolean isOnExchange(Level level) {
        ProtectiveOrder order = at(level);
        boolean bridged = level == Level.STOP
                && bridge != null
                && (bridge.isLive() || bridge.state() == ProtectiveOrder.State.FIRING);
        return bridged || order.isInPlace() || order.state() == ProtectiveOrder.State.FIRING;
    }

    /** True if nothing rests, is executed, or may come to rest: what a pair holds is free. */
    public boolean isGone() {
        return stop.state() == ProtectiveOrder.State.GONE && target.state() == ProtectiveOrder.State.GONE;
    }

    /** True if nothing rests any more, or may come to rest. */
    public boolean isQuiet() {
        return isOver(stop) && isOver(target) && bridge == null;
    }

    /** What is being executed does not come to rest again. */
    private static boolean isOver(ProtectiveOrder order) {
        return order.state() == ProtectiveOrder.State.GONE || order.state() == ProtectiveOrder.State.FIRING;
    }

    /** True once in each time without a live stop. */
    public boolean alarm() {
        boolean first = !alarmed;
        alarmed = true;
        return first;
    }

    /** Decides how long it may be without a stop: one that was lost is guarded by the watch and has more time. */
    public boolean everProtected() {
        return everProtected;
    }

    public long nakedSinceNanos() {
        return nakedSinceNanos;
    }

    /** It goes on after an end that was none, its stop perhaps taken off meanwhile; or nothing could protect it before. */
    public void nakedFrom(long nanos) {
        nakedSinceNanos = nanos;
    }

    /** How often in a row the level could not be placed. */
    public int failures(Level level) {
        return level == Level.STOP ? stopFailures : targetFailures;
    }

    /** Refused, dropped at once, or never seen. */
    public void failed(Level level) {
        count(level, failures(level) + 1);
    }

    /** It rests: the next failure is the first again. */
    public void succeeded(Level level) {
        count(level, 0);
    }

    /** How often in a row a bridge could not be laid. */
    public int bridgeFailures() {
        return bridgeFailures;
    }

    /** The words of the last refusal. */
    public String bridgeRefusal() {
        return bridgeRefusal;
    }

    /** True for a while after the exchange refused one. */
    public boolean isBridgePausing(Rules.Guarding rules, Moment now) {
        return bridge == null
                && bridgeFailures > 0
                && now.nanos() - bridgeChangedNanos
                        < rules.pause(bridgeFailures).toNanos();
    }

    /** The words are what its producer is answered should the move be given up. */
    public void bridgeFailed(String words) {
        bridgeFailures++;
        bridgeRefusal = words;
    }

    /** One rests, or the level that was refused is withdrawn. */
    public void bridgeHeld() {
        bridgeFailures = 0;
    }

    /** How often its stop was cancelled by another hand; a person who resumes is told of the next two. */
    public int countTakenOff() {
        return ++takenOff;
    }

    /** A person has looked who else is on the account (P1-5). */
    public void forgetTakenOff() {
        takenOff = 0;
    }

    /**
     * The exchange ended an order that protects: in which words, and whether another one follows as soon as the position
     * is seen to be held. A position that ends takes its orders along (X-F17).
     */
    public record Lost(ConditionalUpdate.Status status, String words, boolean atOnce) {}

    public void lost(Level level, Lost how) {
        lost.put(level, how);
    }

    /** Null where the exchange ended none, or another one was placed since. */
    @Nullable
    public Lost lost(Level level) {
        return lost.get(level);
    }

    /** Another one is placed. */
    public void found(Level level) {
        lost.remove(level);
    }

    private void count(Level level, int failures) {
        if (level == Level.STOP) {
            stopFailures = failures;
        } else {
            targetFailures = failures;
        }
    }

    /** The level that an order id of ours stands for in this position, whichever attempt it was. */
    @Nullable
    public Level levelOf(ClientOrderId id) {
        if (id.value().startsWith(stopPrefix) || isBridge(id)) {
            return Level.STOP;
        }
        return id.value().startsWith(targetPrefix) ? Level.TARGET : null;
    }

    /** Also one of an earlier life of the process. */
    public boolean isBridge(ClientOrderId id) {
        return id.value().startsWith(bridgePrefix);
    }

    /** True if the order is the stop, the target or the bridge now. */
    public boolean has(ClientOrderId id) {
        return stop.is(id) || target.is(id) || (bridge != null && bridge.is(id));
    }
}
