package quantum.simulator.server;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Reply;
import quantum.simulator.Request;

/** Carries one HTTP request to a face and its reply back, or cuts the connection where the face says so. */
final class HttpExchange implements Handler {

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
                context.header("X-MBX-APIKEY"));
        var reply = driver.call(() -> face.apply(request));
        if (reply.delayNanos() > 0) pause(reply.delayNanos());
        if (reply.dropped()) {
            cut(context);
            return;
        }
        reply.headers().forEach(context::header);
        context.status(reply.status())
                .contentType(reply.headers().getOrDefault("Content-Type", "application/json"))
                .result(reply.body());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static void pause(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) LockSupport.parkNanos(left);
    }

    /** Closes the TCP connection without a byte of answer. */
    private static void cut(Context context) {
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }
}
