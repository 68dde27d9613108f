package quantum.simulator.binance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import quantum.simulator.ApiKey;
import quantum.simulator.ExchangeListener;
import quantum.simulator.Simulator;

/** The open WebSocket connections of both kinds. */
final class Connections implements ExchangeListener {

    private final Simulator exchange;
    private final Set<ClientConnection> open = new LinkedHashSet<>();

    Connections(Simulator exchange) {
        this.exchange = exchange;
    }

    Simulator exchange() {
        return exchange;
    }

    void add(ClientConnection connection) {
        open.add(connection);
    }

    void remove(ClientConnection connection) {
        open.remove(connection);
    }

    @Override
    public void cut(String path) {
        for (var connection : List.copyOf(open)) {
            if (connection.path.startsWith(path)) connection.disconnect();
        }
    }

    @Override
    public void keyChanged(ApiKey key) {
        for (var connection : List.copyOf(open)) {
            if (connection instanceof ApiConnection api) api.keyChanged(key);
        }
    }
}
