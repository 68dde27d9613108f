/**
 * The program: {@code Main} starts a command, {@code Trader} wires a running service together in one place. No decision
 * about trading is made here or below; those are the desk's.
 */
@NullMarked
package quantum.trader;

import org.jspecify.annotations.NullMarked;
