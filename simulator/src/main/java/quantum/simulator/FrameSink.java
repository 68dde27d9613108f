package quantum.simulator;

/** Where the frames of one connection go; nothing here blocks. */
public interface FrameSink {

    /** Takes a text frame in order. */
    void send(String text);

    /** Takes a ping; the client owes a pong with the same payload. */
    void ping(String payload);

    /** The exchange ends the connection. */
    void close();
}
