package quantum.position;

/** What an open means where a position exists: on its own side, and on the other (seed 002). */
public record ExistingPolicy(SameSide sameSide, OtherSide otherSide) {

    /** For an open on the side of the position. */
    public enum SameSide {
        /** It moves the protective levels where it names nearer ones. */
        UPDATE,
        /** It adds to the position. */
        SCALE_IN,
        /** It is refused. */
        REFUSE
    }

    /** For an open against the position; in hedge mode it is another position and never against one. */
    public enum OtherSide {
        /** It is refused. */
        REFUSE,
        /** It closes the position and opens nothing. */
        CLOSE,
        /** It closes the position and opens the other side once nothing is held. */
        FLIP
    }

    public static final ExistingPolicy DEFAULT = new ExistingPolicy(SameSide.UPDATE, OtherSide.REFUSE);
}
