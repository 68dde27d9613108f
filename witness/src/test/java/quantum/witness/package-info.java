/**
 * Strangers drive the simulator: the exchange's official connector calls it, over sockets and in another process, and
 * every reply and frame is held against shapes written from the reference. Clients of Crypto.com in other languages trade
 * there too, and are held against the simulator's books. The package is not null-marked, for each getter of the connector
 * says of itself that it may answer null.
 */
package quantum.witness;
