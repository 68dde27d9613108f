package quantum.trader.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.record.Entry;
import quantum.record.Entry.IntentRow;
import quantum.record.Entry.OrderRow;
import quantum.record.Entry.PositionRow;
import quantum.record.Notice;
import quantum.record.Recorded;
import quantum.record.Snapshot;

/**
 * The truth about what we decided. Appending never blocks and never fails: what is appended is written in order by the
 * ledger's own thread, if need be later. Any thread may call; completions, notices and the listener are called on the
 * ledger's threads.
 */
public final class Ledger implements AutoCloseable {

    /** Of the log, before each start; the whole is proven by {@link LedgerView#verifyChain}. */
    private static final int CHECKED_ROWS = 5_000;

    private static final String REMEDY =
            "Run ./quantum ledger verify, then restore a backup (docs/operations.md, When the ledger fails)";

    private final DataDirectory directory;
    private final LedgerWriter writer;
    private final NoticeEncoder encoder;
    private final LedgerView intents;
    private final LedgerView view;
    private final Comparison comparison;
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
    private final Instant openedAt = Instant.now();

    private Ledger(DataDirectory directory, LedgerFile file, LedgerWriter writer, NoticeEncoder encoder) {
        this.directory = directory;
        this.writer = writer;
        this.encoder = encoder;
        this.intents = new LedgerView(file);
        this.view = new LedgerView(file);
        this.comparison = view.comparison();
    }

    /** The process that has the ledger of this directory now, if one has. */
    public static Optional<String> owner(Path data) {
        return DataDirectory.owner(data);
    }

    /**
     * Takes the data directory for this process, brings the ledger to this version and starts its writer.
     *
     * @throws LedgerException.Owned if another process has it
     * @throws LedgerException if it cannot be used, is of a newer version, or was damaged
     */
    public static Ledger open(Path dataDirectory, NoticeEncoder encoder, BehindListener listener) {
        LedgerFile file = LedgerFile.in(dataDirectory);
        return open(dataDirectory, encoder, listener, file::writer, CHECKED_ROWS);
    }

    /**
     * The same without the proof of the log, for exits alone: what is to be closed is known by the exchange, and a faulty
     * record is no reason to stay in a position.
     */
    public static Ledger openUnproven(Path dataDirectory, NoticeEncoder encoder, BehindListener listener) {
        LedgerFile file = LedgerFile.in(dataDirectory);
        return open(dataDirectory, encoder, listener, file::writer, 0);
    }

    static Ledger open(
            Path dataDirectory, NoticeEncoder encoder, BehindListener listener, LedgerFile.Connector connector) {
        return open(dataDirectory, encoder, listener, connector, CHECKED_ROWS);
    }

    private static Ledger open(
            Path dataDirectory,
            NoticeEncoder encoder,
            BehindListener listener,
            LedgerFile.Connector connector,
            int checkedRows) {
        DataDirectory directory = DataDirectory.own(dataDirectory);
        LedgerFile file = LedgerFile.in(dataDirectory);
        try (Connection connection = file.writer()) {
            Migrations.run(connection);
            if (checkedRows > 0) {
                requireSound(file, new ChainCheck(connection).beforeStart(checkedRows));
            }
        } catch (SQLException e) {
            directory.close();
            throw new LedgerException(
                    "the ledger " + file.path() + " cannot be opened: " + e.getMessage() + ". " + REMEDY, e);
        } catch (LedgerException e) {
            directory.close();
            throw e;
        }
        try {
            InPlace files = InPlace.of(DataDirectory.lockIn(dataDirectory), file.path());
            Ledger ledger = new Ledger(directory, file, new LedgerWriter(connector, files, listener), encoder);
            ledger.writer.start();
            return ledger;
        } catch (IOException e) {
            directory.close();
            throw new LedgerException("the ledger " + file.path() + " was taken away while it was opened", e);
        } catch (LedgerException e) {
            directory.close();
            throw e;
        }
    }

    /** To trade on from memories that were changed is worse than not to start: the stops rest on the exchange. */
    private static void requireSound(LedgerFile file, ChainCheck.Verdict verdict) {
        if (!verdict.ok()) {
            throw new LedgerException(
                    "the ledger " + file.path() + " is damaged: "
                            + verdict.faults().getFirst() + ". " + REMEDY,
                    null);
        }
    }

    /** Names the data directory, which one process has at a time. */
    public String ownerId() {
        return directory.id();
    }

    /** Queues the records of one turn; they are durable when the completion says so. */
    public void append(Batch batch) {
        List<Pending.Item> items = new ArrayList<>();
        for (Recorded each : batch.records()) {
            items.add(
                    switch (each) {
                        case Entry entry -> new Pending.Item.Row(entry, RowJson.write((Record) entry));
                        case Notice notice -> new Pending.Item.Out(encoder.encode(notice, batch.at()));
                    });
        }
        writer.append(new Pending(items, Micros.of(batch.at()), System.nanoTime(), batch.completion()));
    }

    /** Records that the service starts on this ledger; the result, closed, records that it stops. */
    public AutoCloseable processStarts() {
        tell(ProcessEvent.Kind.STARTED);
        return () -> tell(ProcessEvent.Kind.STOPPED);
    }

    private void tell(ProcessEvent.Kind kind) {
        tell(ProcessEvent.KIND, ProcessEvent.KEY, ProcessEvent.body(kind));
    }

    /** Whether a published report was found, in this life or before, that this ledger does not know. */
    public boolean forgot(String eventId) {
        return comparison.knows(eventId) || forgotten.contains(eventId);
    }

    /** When an earlier life found such a report, if one did. */
    public @Nullable Instant forgotSince() {
        return comparison.discovered();
    }

    /** Whether this ledger may have forgotten what happened in that time: it was lost or replaced before it was opened now. */
    public boolean mayHaveForgotten(Instant from, Instant to) {
        return to.isAfter(comparison.since()) && from.isBefore(openedAt);
    }

    /** Records that the published reports were compared with this ledger, and which of them it does not know. */
    public void compared(List<String> found) {
        forgotten.addAll(found);
        tell(Comparison.KIND, Comparison.KEY, Comparison.body(found));
    }

    private void tell(String kind, String key, String body) {
        Pending.Item told = new Pending.Item.Told(kind, key, body);
        writer.append(new Pending(List.of(told), Micros.of(Instant.now()), System.nanoTime(), _ -> {}));
    }

    /**
     * Names who publishes: first every notice not known to be published, then each as it becomes durable, in order of
     * their ids, on the writer's thread; the consumer must only queue them.
     */
    public void publishTo(Consumer<OutboxRow> publisher) {
        writer.publishTo(publisher);
    }

    /** Remembers that a notice has reached its stream; written with the next commit or a quarter second later. */
    public void markPublished(long id, String streamEntryId) {
        writer.mark(new Pending.Mark(id, streamEntryId));
    }

    /** Everything that has no ending yet, and the guards. */
    public Snapshot load() {
        List<OrderRow> orders = new ArrayList<>(view.openOrders());
        Set<String> known = new HashSet<>();
        orders.forEach(order -> known.add(order.clientOrderId()));
        List<PositionRow> positions = view.openPositions();
        // An order that is over and whose intent has no report yet is owed one.
        List<IntentRow> intents = view.openIntents();
        for (IntentRow intent : intents) {
            String order = intent.clientOrderId();
            if (order != null && known.add(order)) {
                view.order(order).ifPresent(orders::add);
            }
        }
        for (OrderRow exit : view.executedExits(positions)) {
            if (known.add(exit.clientOrderId())) {
                orders.add(exit);
            }
        }
        return new Snapshot(intents, orders, positions, view.guards());
    }

    /** The committed row of an identity, on a connection that nothing else uses. */
    public Optional<IntentRow> intent(String intentId) {
        return intents.intent(intentId);
    }

    /** For people and pages: lists, history, the proof of the log. */
    public LedgerView view() {
        return view;
    }

    /** Writes what is appended, for a few seconds if it must, and lets the data directory go. */
    @Override
    public void close() {
        try {
            writer.stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        intents.close();
        view.close();
        directory.close();
    }
}
