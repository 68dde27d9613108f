/**
 * Settings: one YAML file under the environment, read once into records, every problem reported together. It knows the
 * keys, their bounds and where each value came from; it must not know what is built from them. No threads.
 */
@NullMarked
package quantum.trader.settings;

import org.jspecify.annotations.NullMarked;
