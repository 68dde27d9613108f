package quantum.simulator.server;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.simulator.Delivery;
import quantum.simulator.Reply;
import quantum.simulator.Request;

/** Carries one HTTP request to a face and its reply back, or cuts the connection where the face says so. */
final class HttpExchange implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    private final Driver driver;
    private final Function<Request, Reply> face;

    HttpExchange(Driver driver, Function<Request, Reply> face) {
        this.driver = driver;
        this.face = face;
    }

    @Override
    public void handle(Context context) {
        var request = new Request(
                context.method().name(),
                context.path(),
                orEmpty(context.queryString()),
                new String(context.bodyAsBytes(), StandardCharsets.ISO_8859_1),
                context.header("X-MBX-APIKEY"),
                context.ip());
        var reply = driver.call(() -> face.apply(request));
        if (reply.delayNanos() > 0) pause(reply.delayNanos());
        if (reply.delivery() == Delivery.NONE) {
            reset(context);
            return;
        }
        reply.headers().forEach(context::header);
        context.status(reply.status())
                .contentType(reply.headers().getOrDefault("Content-Type", contentType(reply.body())));
        if (reply.delivery() == Delivery.HALF) half(context, reply.body());
        else context.result(reply.body());
    }

    private static String contentType(String body) {
        return body.startsWith("<") ? "text/html" : "application/json";
    }

    /** Announces the whole body, sends half of it and resets the connection. */
    private static void half(Context context, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var response = context.res();
        response.setContentLength(bytes.length);
        try {
            response.getOutputStream().write(bytes, 0, bytes.length / 2);
            response.flushBuffer();
        } catch (IOException alreadyGone) {
            LOG.debug("event=CLIENT_GONE cause=\"{}\"", alreadyGone.toString());
        }
        reset(context);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static void pause(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) LockSupport.parkNanos(left);
    }

    /** Closes the TCP connection with a reset. */
    private static void reset(Context context) {
        var endPoint = ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        if (endPoint.getTransport() instanceof SocketChannel socket) {
            try {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException alreadyGone) {
                LOG.debug("event=CLIENT_GONE cause=\"{}\"", alreadyGone.toString());
            }
        }
        endPoint.close();
    }
}
