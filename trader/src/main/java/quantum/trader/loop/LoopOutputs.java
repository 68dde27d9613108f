package quantum.trader.loop;

import java.util.List;
import quantum.decision.Effect;
import quantum.desk.DeskView;
import quantum.venue.Load;

/** What the loop does to the world beside ledger and exchange. Called on the desk's thread; nothing may block. */
public interface LoopOutputs {

    /** The stream may forget a message. */
    void acknowledge(String messageId);

    /** A message has been decided on; one more may be read. */
    void credit();

    /** A key for operators' scripts. */
    void mirror(Effect.Mirror mirror);

    /** A log line, once what it tells is durable. */
    void log(Effect.Log line);

    /** Everything one turn did, for those who count. */
    void observe(List<Effect> effects);

    /** A fresh picture of the desk, and how much of the exchange's limit is used. */
    void view(DeskView view, Load load);

    /** Intents may be read from now on. */
    void admitIntents();

    /** The exchange cannot be used; the process must end. */
    void giveUp(Effect.GiveUp why);

    /** A turn failed in a way that nobody foresaw; the loop goes on. */
    void failed(RuntimeException cause);
}
