/**
 * The exchange on real sockets and real time: one lock, one driver thread that moves the clock, Javalin around it.
 * It decides nothing about orders; every answer and frame comes from the faces. Request threads are virtual.
 */
@NullMarked
package quantum.simulator.server;

import org.jspecify.annotations.NullMarked;
