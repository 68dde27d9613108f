package quantum.simulator.cryptocom;

/** Where the frames of one connection go; nothing here blocks. */
public interface Outlet {

    /** Takes a text frame in order. */
    void send(String text);

    void ping(String payload);

    /** The exchange ends the connection. */
    void close();
}
