package quantum.trader.settings;

import java.util.List;

/** Indicates that the settings cannot be used; exit code 2. Holds every problem found, not only the first. */
public final class SettingsError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public SettingsError(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence each: the key, its value, what is allowed and where it came from. Never a secret. */
    public List<String> problems() {
        return problems;
    }
}
