package quantum.simulator.server;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Request;
import quantum.simulator.binance.BinanceFace;

/** Lets WebSocket clients in. They are Jetty's own endpoints, because Javalin's hear no pongs. */
final class ClientSockets {

    private static final List<String> PATHS =
            List.of("/public/*", "/market/*", "/private/*", "/ws", "/ws/*", "/stream", "/ws-fapi/v1");

    private final Driver driver;
    private final BinanceFace face;

    private ClientSockets(Driver driver, BinanceFace face) {
        this.driver = driver;
        this.face = face;
    }

    static void serve(JavalinConfig config, Driver driver, BinanceFace face) {
        var sockets = new ClientSockets(driver, face);
        for (var path : PATHS) config.routes.ws(path, _ -> {});
        config.jetty.modifyWebSocketServletFactory(
                factory -> PATHS.forEach(path -> factory.addMapping(path, sockets::open)));
    }

    /** Subscribes before the client learns that it is connected, so that nothing it then causes is missed. */
    private @Nullable Object open(JettyServerUpgradeRequest request, JettyServerUpgradeResponse response)
            throws IOException {
        var socket = new ClientSocket(driver);
        var uri = request.getRequestURI();
        var query = uri.getRawQuery();
        var address = request.getRemoteSocketAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : Request.LOOPBACK;
        var handshake = driver.call(() -> face.connect(uri.getRawPath(), query == null ? "" : query, address, socket));
        var connection = handshake.connection();
        if (connection == null) {
            handshake.headers().forEach(response::setHeader);
            response.sendError(handshake.status(), handshake.body());
            return null;
        }
        socket.carry(connection);
        return socket;
    }
}
