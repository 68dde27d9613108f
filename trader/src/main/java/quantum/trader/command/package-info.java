/**
 * The verbs of the command line. Each says what it did in words, or as one JSON object a line, and ends with the exit
 * code of the contract. A verb that asks a running service asks it over HTTP; none decides anything about trading.
 */
@NullMarked
package quantum.trader.command;

import org.jspecify.annotations.NullMarked;
