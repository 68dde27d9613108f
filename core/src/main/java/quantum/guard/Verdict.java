package quantum.guard;

import quantum.intent.Refusal;

/** What a guard says of an open. No close is ever given one (law 5). */
public sealed interface Verdict {

    Verdict PASS = new Pass();

    /** Nothing against it. */
    record Pass() implements Verdict {}

    /** Not now, or not at all; the detail is for people and names figures. */
    record Refused(Refusal why, String detail) implements Verdict {}

    static Verdict refuse(Refusal why, String detail) {
        return new Refused(why, detail);
    }
}
