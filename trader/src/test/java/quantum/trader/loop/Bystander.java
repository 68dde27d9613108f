package quantum.trader.loop;

import java.util.List;
import quantum.decision.Effect;
import quantum.desk.DeskView;
import quantum.venue.Load;

/** Surroundings that nothing comes of; a test overrides what it listens to. */
class Bystander implements LoopOutputs {

    @Override
    public void acknowledge(String messageId) {}

    @Override
    public void credit() {}

    @Override
    public void mirror(Effect.Mirror mirror) {}

    @Override
    public void log(Effect.Log line) {}

    @Override
    public void observe(List<Effect> turn) {}

    @Override
    public void view(DeskView next, Load load) {}

    @Override
    public void admitIntents() {}

    @Override
    public void giveUp(Effect.GiveUp why) {
        throw new AssertionError(why);
    }

    @Override
    public void failed(RuntimeException cause) {
        throw cause;
    }
}
