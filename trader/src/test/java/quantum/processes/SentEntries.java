package quantum.processes;

import static quantum.trader.Exchange.text;

import java.util.ArrayList;
import java.util.List;
import quantum.trader.Exchange;
import tools.jackson.databind.JsonNode;

/** The ids of all entry orders that arrived at the exchange, which forgets its oldest requests: read now and then. */
final class SentEntries {

    private final Exchange exchange;
    private final List<String> ids = new ArrayList<>();
    private long read;

    SentEntries(Exchange exchange) {
        this.exchange = exchange;
    }

    void read() {
        for (JsonNode request : exchange.requestsAfter(read)) {
            read = request.path("number").asLong();
            JsonNode parameters = request.path("parameters");
            boolean isOrder = "POST".equals(text(request, "method")) && "/fapi/v1/order".equals(text(request, "path"));
            if (isOrder && !"true".equals(text(parameters, "reduceOnly"))) {
                ids.add(text(parameters, "newClientOrderId"));
            }
        }
    }

    /** In the order of their arrival; one that was sent twice is there twice. */
    List<String> ids() {
        read();
        return List.copyOf(ids);
    }
}
