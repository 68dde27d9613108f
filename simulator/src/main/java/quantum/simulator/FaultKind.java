package quantum.simulator;

/** What a fault does to a request or to a stream frame; the first of a stage counts, delays add up. */
public enum FaultKind {
    /** Answers without executing. */
    HTTP(Stage.INSTEAD),
    /** Resets the connection without executing. */
    LOST_BEFORE(Stage.INSTEAD),
    /** The order is accepted and stays as it is. */
    NEVER_FILLS(Stage.ORDER),
    /** Half of the order fills and the rest expires. */
    PARTIAL_THEN_EXPIRE(Stage.ORDER),
    /** The conditional order is accepted, and the engine refuses its real order when it fires. */
    REJECTED_AT_TRIGGER(Stage.ORDER),
    /** The conditional order fires, and its real order ends without a fill. */
    UNFILLED_AT_TRIGGER(Stage.ORDER),
    /** The answer tells positions and lists of open orders as they were a while ago. */
    STALE(Stage.TIME),
    /** Executes, then answers something else. */
    HTTP_AFTER(Stage.ANSWER),
    /** Executes, then resets the connection. */
    LOST_AFTER(Stage.ANSWER),
    /** Executes, sends half of the answer, then resets the connection. */
    RESET_IN_BODY(Stage.ANSWER),
    /** Executes, then sends half of the answer as if it were all. */
    TRUNCATED(Stage.ANSWER),
    /** Sets or removes one field of the answer or the frame, or of elements in it. */
    FIELD(Stage.CONTENT),
    /** Leaves elements of a list out. */
    DROP_ELEMENT(Stage.CONTENT),
    /** Puts a further element at the end of a list. */
    ADD_ELEMENT(Stage.CONTENT),
    /** Takes headers away from the answer. */
    DROP_HEADER(Stage.CONTENT),
    /** The answer or the frame comes later; frames behind it pass by. */
    DELAY(Stage.TIME),
    /** User stream frames are swallowed for a while. */
    SILENCE(Stage.TIME),
    /** The frame never arrives. */
    DROP(Stage.FRAME),
    /** The frame arrives twice. */
    DUPLICATE(Stage.FRAME),
    /** The frame arrives behind the next one of its stream. */
    REORDER(Stage.FRAME),
    /** Another frame comes before it, of an event nobody knows. */
    UNKNOWN_EVENT(Stage.FRAME),
    /** The exchange closes stream connections; at once. */
    CLOSE(Stage.TIME);

    /** Where on its way a request or a frame meets the fault. */
    public enum Stage {
        INSTEAD,
        ORDER,
        ANSWER,
        CONTENT,
        TIME,
        FRAME
    }

    private final Stage stage;

    FaultKind(Stage stage) {
        this.stage = stage;
    }

    public Stage stage() {
        return stage;
    }
}
