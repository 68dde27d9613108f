package quantum.trader.stream;

import org.jspecify.annotations.Nullable;

/** Where the stream of intents and its group are; a number that Redis cannot tell is -1. */
record Standing(
        EntryId delivered,
        EntryId last,
        @Nullable EntryId first,
        long length,
        long added,
        long read,
        long lag,
        long pending) {

    /** What comes now lies behind the group's position and would never be delivered. */
    boolean isBeyondTheStream() {
        return delivered.compareTo(last) > 0;
    }

    /**
     * Entries that were cut off before they were delivered: of all that were ever added those are missing that were
     * neither read nor wait. 0 where that cannot be told.
     */
    long trimmed() {
        long waiting = waiting();
        return read < 0 || added < 0 || waiting < 0 ? 0 : Math.max(0, added - read - waiting);
    }

    /** How many entries the group has behind it, those that were cut off among them; -1 where that cannot be told. */
    long passed() {
        long waiting = waiting();
        return added < 0 || waiting < 0 ? -1 : added - waiting;
    }

    /** How many entries the group read, those that Redis counts as read among them; -1 where that cannot be told. */
    long everRead() {
        return read < 0 && delivered.equals(EntryId.ZERO) ? passed() : read;
    }

    /** Known where all of the stream, or nothing of it, was delivered. */
    private long waiting() {
        if (first == null || delivered.compareTo(last) >= 0) {
            return 0;
        }
        return first.compareTo(delivered) > 0 ? length : -1;
    }

    /** What waits, as Redis counts it or as it follows from what lies there. */
    IntentBacklog backlog() {
        long waiting = waiting();
        return new IntentBacklog(waiting >= 0 ? waiting : lag, pending);
    }
}
