package quantum.binance;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A query string in the making: names as given, values percent-encoded once, in the order they were added. */
final class Query {

    private final StringBuilder text = new StringBuilder();

    static Query of(String name, String value) {
        return new Query().and(name, value);
    }

    Query and(String name, String value) {
        if (!text.isEmpty()) {
            text.append('&');
        }
        // A plus sign would be read as itself by some servers and as a space by others (binance-usdm 2.2).
        text.append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        return this;
    }

    Query and(String name, long value) {
        return and(name, Long.toString(value));
    }

    Query and(String name, BigDecimal value) {
        return and(name, value.toPlainString());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
