package quantum.desk;

import quantum.intent.Reading;

/**
 * Notices a producer that left the contract: 75 of 76 intents were refused over 16 hours, and nobody was told (INC-I47).
 * Messages are counted, not minutes, because producers may send few.
 */
final class Legibility {

    private static final int LAST = 10;
    private static final int MOST_UNREAD = LAST / 2;
    private static final int FEW_UNREAD = 2;

    /** One bit a message, the latest lowest; set where it could not be understood. */
    private int unread;

    private boolean told;

    void heard(Reading reading, Turn turn) {
        int bit = reading instanceof Reading.Understood ? 0 : 1;
        unread = (unread << 1 | bit) & (1 << LAST) - 1;
        int count = Integer.bitCount(unread);
        if (count > MOST_UNREAD && !told) {
            told = true;
            turn.alert(
                    "intents-unread",
                    Notice.Severity.WARNING,
                    count + " of the last " + LAST
                            + " messages could not be understood; has a producer changed its form?",
                    "");
        } else if (count <= FEW_UNREAD) {
            told = false;
        }
    }
}
