package quantum.simulator;

/** The exchange's end of a client's WebSocket connection, of whatever face. */
public interface Connection {

    /** A text frame from the client. */
    void receive(String text);

    /** A binary frame, read as text; a face that takes none passes it over. */
    default void receiveBinary(String text) {}

    void pong(String payload);

    /** The client is gone. */
    void close();
}
