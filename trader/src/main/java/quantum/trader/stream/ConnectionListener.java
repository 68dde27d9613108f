package quantum.trader.stream;

/** Told when Redis is lost and when it is back, each once, on the thread that noticed; it must not block. */
@FunctionalInterface
public interface ConnectionListener {
    void connected(boolean connected);
}
