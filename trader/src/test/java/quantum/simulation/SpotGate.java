package quantum.simulation;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quantum.intent.Refusal;
import quantum.intent.Report;
import quantum.position.ExistingPolicy;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.simulation.Judge.Law;
import quantum.simulator.spot.SpotStatus;
import quantum.simulator.spot.SpotType;

/** Judges every decision to buy when it is made, and every request when it leaves, by the exchange's own books. */
final class SpotGate implements Instance.Watch, Network.Watch, MemoryLedger.Listener {

    private static final Pattern PLACED =
            Pattern.compile("^POST private/create-order\\?.*\"client_oid\":\"(qo-[0-9a-f]{20})\"");
    /** Answers that only a breach of the exchange's rules brings (crypto-com 6). */
    private static final Pattern BREACH =
            Pattern.compile("\"code\":\"?(213|308|209|208|229|40001|40003|40004|40101|50010|40107)\"?[,}]");

    private static final Pattern USED = Pattern.compile("\"code\":\"?204\"?[,}]");
    private static final long KNOWN_NANOS = 3_000_000_000L;

    private final SpotSetup setup;
    private final World world;
    private final SpotBooks books;
    private final Orders operator;
    private final Judge judge;
    private final Supplier<MemoryLedger> ledger;
    private final Permits permits;
    private final Set<String> decided = new HashSet<>();
    private final Set<String> exits = new HashSet<>();

    SpotGate(
            SpotSetup setup,
            World world,
            SpotBooks books,
            Orders operator,
            Judge judge,
            Supplier<MemoryLedger> ledger) {
        this.setup = setup;
        this.world = world;
        this.books = books;
        this.operator = operator;
        this.judge = judge;
        this.ledger = ledger;
        permits = new Permits(world, operator, judge, setup.rules().limits());
    }

    Permits permits() {
        return permits;
    }

    /** Whether an exit was decided and given to the ledger, which may have lost it with the process (law 5). */
    boolean hasDecidedExit(String order) {
        return exits.contains(order);
    }

    @Override
    public void decided(Entry.OrderRow row) {
        if (!"OPEN".equals(row.purpose())) {
            exits.add(row.clientOrderId());
            return;
        }
        if (!decided.add(row.clientOrderId())) {
            return;
        }
        permits.decided(row);
        judge.check(Law.NO_SECOND_ENTRY, !isKnown(row.symbol()), row.clientOrderId() + " beside what is held");
    }

    /** What has had a stop of ours for a while is known to be held, whatever one reading lacks. */
    private boolean isKnown(String symbol) {
        return setup.existing().sameSide() != ExistingPolicy.SameSide.SCALE_IN
                && books.held().contains(symbol)
                && !books.wasShort(symbol)
                && books.account().openAdvanced().stream()
                        .anyMatch(leg -> leg.terms().instrument().symbol().equals(symbol)
                                && leg.terms().clientId().startsWith("qs-")
                                && leg.terms().type() == SpotType.STOP_LOSS
                                && leg.status() == SpotStatus.NEW
                                && World.START + world.now() - leg.createdAt() > KNOWN_NANOS);
    }

    @Override
    public void published(Notice notice, long decidedAt) {
        world.note(String.valueOf(notice));
        if (notice instanceof Notice.Reported(Report.Rejected rejected, var _)
                && rejected.why() == Refusal.SYMBOL_LATCHED) {
            operator.latched(rejected.subject().symbol().name());
        }
    }

    @Override
    public void leaves(String text) {
        Matcher id = PLACED.matcher(text);
        if (id.find()) {
            permits.leaves(id.group(1), ledger.get().order(id.group(1)));
        }
    }

    @Override
    public void answered(String path, int status, String body) {
        judge.check(Law.RULES_KEPT, !BREACH.matcher(body).find(), path + " " + body);
        // An exit leaves before its record, so that another process may send it again under its id (law 5); an open
        // does not.
        boolean isTwice = USED.matcher(body).find() && body.contains("qo-");
        judge.check(Law.ONE_ENTRY_AN_INTENT, !isTwice, path + " " + body);
    }

    @Override
    public void marked() {
        permits.marked();
    }

    @Override
    public void heard(String frame) {
        // Every change is asked for too, and nothing here depends on which road told it.
    }

    @Override
    public void acknowledged(Bus.Message message) {
        String intent = String.valueOf(message.fields().get("intent_id"));
        boolean dead = ledger.get().outbox().stream()
                .anyMatch(notice -> notice instanceof Notice.DeadLetter letter
                        && letter.messageId().equals(message.id()));
        judge.check(
                Law.ACKNOWLEDGED_IS_RECORDED, dead || ledger.get().known(intent) != null, message.id() + " " + intent);
    }

    @Override
    public void failed(RuntimeException unforeseen) {
        StackTraceElement[] trace = unforeseen.getStackTrace();
        judge.check(Law.NOTHING_UNFORESEEN, false, unforeseen + (trace.length == 0 ? "" : " at " + trace[0]));
    }
}
