/**
 * What is known of one account now: its positions, what protects them, its orders and intents, its prices, margin and
 * guards. State alone: nothing here decides, asks the exchange, or tells anybody. Only {@code quantum.desk} uses it.
 */
@org.jspecify.annotations.NullMarked
package quantum.book;
