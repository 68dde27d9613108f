package quantum.simulator;

/** What an account may do; locked until this moment, in epoch nanoseconds, it may only close positions. */
public record Rights(boolean trade, boolean deposit, boolean withdraw, long lockedUntil) {

    public static final Rights ALL = new Rights(true, true, true, 0);

    /** Throws {@link Refused} when the account may not send such an order now. */
    void admit(boolean closing, long now) {
        if (!trade) throw new Refused(Refusal.TRADING_FORBIDDEN);
        if (!closing && now < lockedUntil) throw new Refused(Refusal.TRADING_LOCKED);
    }
}
