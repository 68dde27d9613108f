package quantum.trader.metrics;

/** What is told of the build in {@code quantum_build_info}. */
public record Build(String version, String build, String mode, String venue) {}
