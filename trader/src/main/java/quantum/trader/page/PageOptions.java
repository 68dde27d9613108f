package quantum.trader.page;

import java.nio.file.Path;

/**
 * Where to serve, and what is told of the service. Port 0 takes any free one.
 *
 * @param sample a symbol that every account there may trade, for commands that are shown
 * @param data the directory with the operator's token
 */
public record PageOptions(String bind, int port, String mode, String venue, String sample, String build, Path data) {}
