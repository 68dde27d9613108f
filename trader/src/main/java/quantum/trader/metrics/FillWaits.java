package quantum.trader.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import quantum.order.ClientOrderId;
import quantum.record.Entry.OrderRow;

/** From the decision to send an order to the proof of its execution, and how often the exchange was asked meanwhile. */
final class FillWaits {

    private final Timer wait;
    private final DistributionSummary polls;
    private final Map<String, Sent> sent = new Recent<>();

    private record Sent(long atNanos, int polls) {}

    FillWaits(Timer wait, DistributionSummary polls) {
        this.wait = wait;
        this.polls = polls;
    }

    void sent(ClientOrderId id, long nowNanos) {
        sent.put(id.value(), new Sent(nowNanos, 0));
    }

    /** Only a question before the proof counts; a stop that the exchange fired was never sent by us. */
    void asked(ClientOrderId id) {
        sent.computeIfPresent(id.value(), (_, order) -> new Sent(order.atNanos, order.polls + 1));
    }

    void written(OrderRow row, long nowNanos) {
        switch (row.state()) {
            case "Filled", "Ended" -> {
                Sent order = sent.remove(row.clientOrderId());
                if (order != null && row.fillQuantity() != null) {
                    wait.record(nowNanos - order.atNanos, TimeUnit.NANOSECONDS);
                    polls.record(order.polls);
                }
            }
            case "Rejected" -> sent.remove(row.clientOrderId());
            default -> {}
        }
    }
}
