package quantum.record;

/** Something that outlives the process as a row, which is written as it is when the turn that changed it ends. */
public interface Kept {

    /**
     * One row of this name is written by each decision. However often it changes meanwhile, it is written once, as it
     * stands at the end.
     */
    String rowName();

    /** What is written. */
    Entry toRow();
}
