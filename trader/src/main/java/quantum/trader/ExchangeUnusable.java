package quantum.trader;

import java.util.Locale;

/** Indicates that the exchange cannot be used; the process ends with code 4. */
public final class ExchangeUnusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExchangeUnusable(String cause, String nextStep) {
        super(cause + ". " + nextStep.substring(0, 1).toUpperCase(Locale.ROOT) + nextStep.substring(1));
    }
}
