/** What the operator sets for an account, as the numbers that the desk decides by. */
@org.jspecify.annotations.NullMarked
package quantum.rules;
