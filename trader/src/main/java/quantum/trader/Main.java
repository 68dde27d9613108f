package quantum.trader;

import quantum.trader.command.Verbs;

/** Where the program starts. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        LastWords.install();
        System.exit(Verbs.run(arguments));
    }
}
