package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import quantum.intent.Refusal;

/** Pages that are made from the code; a page that fell behind is written to {@code target}, to be copied. */
class DocumentsTest {

    @Test
    void theReasonsPageIsMadeFromTheCode() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Reasons

                The `reason` of a rejected report, of a dead letter, and of `quantum_intents_total`; a closed list.
                `detail` says what was found and what to do, `field` names the field that is to blame, where one is.

                | `reason` | `terminal_state` | Means | What to do |
                |---|---|---|---|
                """);
        for (Refusal refusal : Refusal.values()) {
            page.append("| `%s` | `%s` | %s | %s |%n"
                    .formatted(refusal, refusal.terminalState(), refusal.meaning(), refusal.next()));
        }
        Path made = Path.of("target", "reasons.md");
        Files.writeString(made, page);
        assertThat(Path.of("..", "docs", "reasons.md"))
                .as("copy trader/%s to docs/", made)
                .hasSameTextualContentAs(made);
    }
}
