package quantum.simulator.binance;

/** Where the frames of one stream connection go. */
public interface FrameSink {

    /** Takes a text frame in order and does not block. */
    void send(String text);

    /** The exchange ends the connection. */
    void close();
}
