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
import quantum.simulator.cryptocom.CryptoComFace;

/** Lets WebSocket clients in. They are Jetty's own endpoints, because Javalin's hear no pongs. */
final class ClientSockets {

    private static final List<String> PATHS =
            List.of("/public/*", "/market/*", "/private/*", "/ws", "/ws/*", "/stream", "/ws-fapi/v1");
    private static final List<String> SPOT_PATHS = List.of("/exchange/v1/user", "/exchange/v1/market");

    private final Driver driver;
    private final BinanceFace face;
    private final CryptoComFace spot;

    private ClientSockets(Driver driver, BinanceFace face, CryptoComFace spot) {
        this.driver = driver;
        this.face = face;
        this.spot = spot;
    }

    static void serve(JavalinConfig config, Driver driver, BinanceFace face, CryptoComFace spot) {
        var sockets = new ClientSockets(driver, face, spot);
        for (var path : PATHS) config.routes.ws(path, _ -> {});
        for (var path : SPOT_PATHS) config.routes.ws(path, _ -> {});
        config.jetty.modifyWebSocketServletFactory(factory -> {
            PATHS.forEach(path -> factory.addMapping(path, sockets::open));
            SPOT_PATHS.forEach(path -> factory.addMapping(path, sockets::openSpot));
        });
    }

    private static String address(JettyServerUpgradeRequest request) {
        return request.getRemoteSocketAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : Request.LOOPBACK;
    }

    private Object openSpot(JettyServerUpgradeRequest request, JettyServerUpgradeResponse response) {
        var socket = new ClientSocket(driver);
        var path = request.getRequestURI().getRawPath();
        var address = address(request);
        var connection = driver.call(() -> spot.connect(path, address, socket));
        socket.carry(connection);
        return socket;
    }

    /** Subscribes before the client learns that it is connected, so that nothing it then causes is missed. */
    private @Nullable Object open(JettyServerUpgradeRequest request, JettyServerUpgradeResponse response)
            throws IOException {
        var socket = new ClientSocket(driver);
        var uri = request.getRequestURI();
        var query = uri.getRawQuery();
        var address = address(request);
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
