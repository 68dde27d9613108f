package quantum.simulation;

import java.util.function.Supplier;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest.Http;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.simulation.Judge.Law;

/** Hands everything that is seen to those who judge it. */
final class Looker implements Instance.Watch, BinanceNetwork.Watch, MemoryLedger.Listener {

    private final Gate gate;
    private final SetUps setUps;
    private final Heard heard;
    private final LastWords lastWords;
    private final Judge judge;
    private final Supplier<MemoryLedger> books;

    /** The ledger is asked for when something is seen, because it is made with this as its listener. */
    Looker(Gate gate, SetUps setUps, Heard heard, LastWords lastWords, Judge judge, Supplier<MemoryLedger> books) {
        this.gate = gate;
        this.setUps = setUps;
        this.heard = heard;
        this.lastWords = lastWords;
        this.judge = judge;
        this.books = books;
    }

    @Override
    public void leaves(String text) {
        gate.leaves(text, books.get());
    }

    @Override
    public void answered(String path, int status, String body) {
        gate.answered(path, status, body);
    }

    @Override
    public void marked() {
        gate.marked();
    }

    @Override
    public void heard(Http http, BinanceInput input) {
        setUps.heard(http, input);
    }

    @Override
    public void heard(String frame) {
        heard.told(frame);
    }

    @Override
    public void acknowledged(Bus.Message message) {
        String intent = String.valueOf(message.fields().get("intent_id"));
        MemoryLedger ledger = books.get();
        boolean dead = ledger.outbox().stream()
                .anyMatch(notice -> notice instanceof Notice.DeadLetter letter
                        && letter.messageId().equals(message.id()));
        judge.check(Law.ACKNOWLEDGED_IS_RECORDED, dead || ledger.known(intent) != null, message.id() + " " + intent);
    }

    @Override
    public void failed(RuntimeException unforeseen) {
        StackTraceElement[] trace = unforeseen.getStackTrace();
        judge.check(Law.NOTHING_UNFORESEEN, false, unforeseen + (trace.length == 0 ? "" : " at " + trace[0]));
    }

    @Override
    public void decided(Entry.OrderRow row) {
        gate.decided(row);
        setUps.decided(row);
    }

    @Override
    public void published(Notice notice, long decidedAt) {
        gate.published(notice, decidedAt);
        setUps.published(notice, decidedAt);
        lastWords.published(notice);
    }
}
