package quantum.simulator.spot;

import java.util.List;
import quantum.simulator.spot.AdvancedOrder.Contingency;
import quantum.simulator.spot.AdvancedOrder.Draft;

/** Which orders make a list, and in which order its legs are counted. */
final class Lists {

    private Lists() {}

    static List<Draft> ordered(Contingency contingency, List<Draft> drafts) {
        var waiting =
                drafts.stream().filter(draft -> draft.terms().type().waits()).toList();
        var others =
                drafts.stream().filter(draft -> !draft.terms().type().waits()).toList();
        if (others.size() != 1 || waiting.size() != (contingency == Contingency.OTOCO ? 2 : 1)) throw invalid();
        var primary = others.getFirst();
        for (var draft : waiting) {
            var same = draft.terms().side() == primary.terms().side();
            if (same != (contingency == Contingency.OCO)) throw invalid();
            if (!draft.terms().instrument().equals(primary.terms().instrument())) throw invalid();
        }
        return switch (contingency) {
            case OCO -> pair(primary, waiting.getFirst());
            case OTO -> List.of(primary, waiting.getFirst());
            case OTOCO -> attached(primary, waiting);
        };
    }

    /** A limit order and a trigger by the mark. */
    private static List<Draft> pair(Draft limit, Draft trigger) {
        var marked = trigger.reference() == AdvancedOrder.Reference.MARK_PRICE;
        if (limit.terms().type() != SpotType.LIMIT || !marked) throw invalid();
        return List.of(limit, trigger);
    }

    /** The target is the second leg, the stop the third. */
    private static List<Draft> attached(Draft primary, List<Draft> waiting) {
        var stops =
                waiting.stream().filter(draft -> draft.terms().type().stops()).toList();
        var targets =
                waiting.stream().filter(draft -> !draft.terms().type().stops()).toList();
        if (stops.size() != 1 || targets.size() != 1) throw invalid();
        return List.of(primary, targets.getFirst(), stops.getFirst());
    }

    private static SpotRefused invalid() {
        return new SpotRefused(SpotRefusal.LIST_INVALID);
    }
}
