package quantum.trader.command;

/** The exit codes of the contract. */
final class ExitCode {

    static final int OK = 0;
    static final int USAGE = 2;
    static final int SELF_TEST = 3;
    static final int EXCHANGE = 4;
    static final int STORE = 5;
    static final int NOT_PROVEN = 6;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
