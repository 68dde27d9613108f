package quantum.trader.page;

/** Where to serve, and what is told of the service. Port 0 takes any free one. */
public record PageOptions(String bind, int port, String mode, String venue, String build) {}
