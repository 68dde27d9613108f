package quantum.simulator;

import tools.jackson.databind.JsonNode;

/** What stands beside the exchange and is kept with its state. */
public interface KeptPart {

    /** What its share of the state is called. */
    String name();

    JsonNode snapshot();

    /** Takes up what was kept; called once, before anything happens. */
    void restore(JsonNode saved);
}
