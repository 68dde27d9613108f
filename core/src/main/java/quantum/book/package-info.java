/**
 * What is known of one account now: its positions, what protects them, its orders and intents, its prices, margin and
 * guards. State alone: nothing here decides, asks the exchange, or tells anybody. Only {@code quantum.desk} uses it.
 * Where something is news, a method answers so, and the desk alerts (docs/decisions/0015). What must outlive the
 * process is a {@link quantum.record.Kept}; all else is learned again from the exchange.
 */
@org.jspecify.annotations.NullMarked
package quantum.book;
