package quantum.trader.redis;

/** Told when Redis is lost and when it is back, each once, on the thread that noticed; it must not block. */
@FunctionalInterface
public interface ConnectionListener {
    void connected(boolean connected);

    /** Why it is lost now, with what to do; before the loss itself, and whenever the cause is another one. */
    default void failing(String cause) {}
}
