package quantum.trader.stream;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id of a stream entry: two unsigned 64-bit numbers. The client's own type takes them for signed ones and fails. */
record EntryId(long time, long sequence) implements Comparable<EntryId> {

    static final EntryId ZERO = new EntryId(0, 0);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,20})-([0-9]{1,20})");
    private static final Comparator<EntryId> ORDER = Comparator.comparing(EntryId::time, Long::compareUnsigned)
            .thenComparing(EntryId::sequence, Long::compareUnsigned);

    /**
     * Reads an id.
     *
     * @throws IllegalArgumentException if it is none
     */
    static EntryId of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not the id of a stream entry");
        }
        return new EntryId(Long.parseUnsignedLong(parts.group(1)), Long.parseUnsignedLong(parts.group(2)));
    }

    @Override
    public int compareTo(EntryId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(time) + "-" + Long.toUnsignedString(sequence);
    }
}
