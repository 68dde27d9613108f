package quantum.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The disturbances still to come. A request or frame meets every one that stands or joins and the first of the others. */
public final class Faults {

    /** A fault that was set, with how many it still lets pass, still meets, and met. */
    public static final class Active {

        private final Fault fault;
        private int skip;
        private int left;
        private int met;

        private Active(Fault fault) {
            this.fault = fault;
            skip = fault.life().skip();
            left = fault.life().count();
        }

        public Fault fault() {
            return fault;
        }

        public int left() {
            return left;
        }

        public int met() {
            return met;
        }

        public boolean standing() {
            return fault.life().count() == Fault.Life.STANDING;
        }

        private boolean meets(Fault.Encounter encounter, long now) {
            return now >= fault.life().from()
                    && fault.match().meets(encounter)
                    && fault.effects().stream().noneMatch(effect -> effect.exempts(encounter));
        }

        /** Counts one encounter; false while it still lets pass. */
        private boolean strikes() {
            if (skip > 0) {
                skip--;
                return false;
            }
            if (!standing()) left--;
            met++;
            return true;
        }
    }

    private final List<Active> active = new ArrayList<>();
    private long silentUntil = Long.MIN_VALUE;

    public void add(Fault fault) {
        active.add(new Active(fault));
    }

    /** Those that can still strike, in the order in which they were set. */
    public List<Active> active(long now) {
        active.removeIf(each -> each.left == 0 || now >= each.fault.life().until());
        return List.copyOf(active);
    }

    public void clear() {
        active.clear();
        silentUntil = Long.MIN_VALUE;
    }

    /** The effects of all faults that strike here, in the order in which those were set. */
    public List<Fault.Effect> strike(Supplier<Fault.Encounter> met, long now) {
        if (active.isEmpty()) return List.of();
        var encounter = met.get();
        var effects = new ArrayList<Fault.Effect>();
        var counted = false;
        for (var each : active(now)) {
            var alone = !each.standing() && !each.fault.joins();
            if ((counted && alone) || !each.meets(encounter, now)) continue;
            if (!each.strikes()) continue;
            counted |= alone;
            effects.addAll(each.fault.effects());
        }
        return effects;
    }

    /** Swallows user stream frames until this moment. */
    public void silenceUntil(long epochNanos) {
        silentUntil = epochNanos;
    }

    public boolean silent(long now) {
        return now < silentUntil;
    }
}
