package quantum.trader.doctor;

import org.jspecify.annotations.Nullable;

/** One thing that was looked at; a next step belongs to whatever is not fine. */
public record Finding(
        String check, Grade grade, String words, @Nullable String nextStep) {

    /** How bad it is. */
    public enum Grade {
        FINE,
        /** The service runs, and something is not as it should be. */
        WARNING,
        /** The service would not start, or not be safe. */
        FAILED
    }

    static Finding fine(String check, String words) {
        return new Finding(check, Grade.FINE, words, null);
    }

    static Finding warning(String check, String words, String nextStep) {
        return new Finding(check, Grade.WARNING, words, nextStep);
    }

    static Finding failed(String check, String words, String nextStep) {
        return new Finding(check, Grade.FAILED, words, nextStep);
    }
}
