package quantum.simulation;

/** The process ends here: nothing after this point happens, and nothing in memory is left. */
final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crash() {
        super("crash", null, false, false);
    }
}
