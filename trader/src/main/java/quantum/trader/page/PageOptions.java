package quantum.trader.page;

import java.nio.file.Path;

/**
 * Where to serve, and what is told of the service. Port 0 takes any free one.
 *
 * @param data the directory with the operator's token
 */
public record PageOptions(String bind, int port, String mode, String venue, String build, Path data) {}
