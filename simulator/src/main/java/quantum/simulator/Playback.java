package quantum.simulator;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays recorded bars of one symbol as open, low, high, close; reads them as it plays, a block at a time. */
final class Playback {

    static final int POINTS_PER_BAR = 4;
    private static final Logger LOG = LoggerFactory.getLogger(Playback.class);

    private final Recording recording;
    private final BigDecimal first;
    private @Nullable BarReader reader;
    /** The block that the open reader comes to next. */
    private int upcoming;

    private List<RecordedBar> held = List.of();
    private int heldBlock = -1;
    private int next;
    private boolean ended;

    Playback(Recording recording) {
        this.recording = recording;
        first = bar(0).open();
    }

    Recording recording() {
        return recording;
    }

    BigDecimal first() {
        return first;
    }

    boolean plays(Market market) {
        return !ended && market.instrument().symbol().equals(recording.symbol());
    }

    /** The next price; null once, when there is none any more. */
    @Nullable
    BigDecimal next() {
        if (next >= recording.bars() * POINTS_PER_BAR) {
            end();
            LOG.warn(
                    "event=PRICES_ENDED symbol={} bars={} next=\"the price walks on at random\"",
                    recording.symbol(),
                    recording.bars());
            return null;
        }
        try {
            var bar = bar(next / POINTS_PER_BAR);
            return switch (next++ % POINTS_PER_BAR) {
                case 0 -> bar.open();
                case 1 -> bar.low();
                case 2 -> bar.high();
                default -> bar.close();
            };
        } catch (InvalidInput changed) {
            // The file was changed or taken away while it played; the exchange goes on.
            end();
            LOG.error(
                    "event=PRICES_LOST symbol={} cause=\"{}\" next=\"the price walks on at random\"",
                    recording.symbol(),
                    changed.getMessage());
            return null;
        }
    }

    private RecordedBar bar(int number) {
        int place = recording.newestFirst() ? recording.bars() - 1 - number : number;
        int block = place / Recording.BLOCK;
        if (block != heldBlock) load(block);
        int within = place % Recording.BLOCK;
        if (within >= held.size()) throw new InvalidInput(recording.file() + " has become shorter");
        return held.get(within);
    }

    private void load(int block) {
        if (reader == null || upcoming != block) {
            shut();
            reader = BarReader.open(recording.file());
            try {
                reader.skip(recording.block(block));
            } catch (IOException broken) {
                throw new InvalidInput("Cannot read prices " + recording.file() + ": " + broken);
            }
        }
        held = reader.next(Recording.BLOCK);
        heldBlock = block;
        upcoming = block + 1;
    }

    private void end() {
        ended = true;
        held = List.of();
        shut();
    }

    private void shut() {
        if (reader != null) reader.close();
        reader = null;
    }

    int position() {
        return next;
    }

    void resumeAt(int point) {
        next = Math.clamp(point, 0, recording.bars() * POINTS_PER_BAR);
    }
}
