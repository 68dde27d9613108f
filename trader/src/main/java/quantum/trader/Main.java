package quantum.trader;

import quantum.trader.command.Verbs;

/** Where the program starts. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Verbs.run(arguments));
    }
}
