package quantum.simulation;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulation.Judge.Law;
import quantum.simulator.Account;
import quantum.simulator.AlgoOrder;
import quantum.simulator.AlgoStatus;
import quantum.simulator.ExchangeListener;
import quantum.simulator.Execution;
import quantum.simulator.Fill;
import quantum.simulator.Order;
import quantum.simulator.Simulator;

/**
 * Judges that the user stream is heard: where the exchange took orders of ours in fair weather, a stream that is silent
 * about them is noticed, and what is traded later is told by frames and not by questions alone.
 */
final class Heard implements ExchangeListener {

    private static final long NOTICED = TimeUnit.SECONDS.toNanos(15);
    private static final int SOME = 2;

    private final Simulator exchange;
    private final World world;
    private final Weather weather;
    private final Judge judge;
    private final Set<Long> traded = new HashSet<>();
    private long takenAt = Long.MAX_VALUE;
    private long told;

    Heard(Simulator exchange, World world, Weather weather, Judge judge) {
        this.exchange = exchange;
        this.world = world;
        this.weather = weather;
        this.judge = judge;
    }

    void listen() {
        exchange.listen(this);
    }

    private void taken(String id) {
        if (weather.isFair() && id.startsWith("q")) {
            takenAt = Math.min(takenAt, world.now());
        }
    }

    @Override
    public void orderChanged(Account account, Order order, Execution execution, @Nullable Fill fill) {
        if (fill != null && world.now() - NOTICED > takenAt) {
            traded.add(order.id());
        } else if (execution == Execution.NEW && !isFired(order.terms().clientId())) {
            taken(order.terms().clientId());
        }
    }

    /**
     * A stop or target that fired sends an order under its own id, and nobody was answered that it was taken. Within
     * seconds of a stream's opening it is no proof, because lists that lag show the same (seed 24431).
     */
    private static boolean isFired(String id) {
        return id.startsWith("qs-") || id.startsWith("qt-") || id.startsWith("qb-");
    }

    @Override
    public void algoChanged(Account account, AlgoOrder algo) {
        if (algo.status() == AlgoStatus.NEW) {
            taken(algo.terms().clientId());
        }
    }

    void told(String frame) {
        if (frame.contains("\"ORDER_TRADE_UPDATE\"")) {
            told += traded.stream().filter(id -> frame.contains(":" + id)).count();
        }
    }

    void end() {
        if (traded.size() >= SOME) {
            judge.check(Law.USER_STREAM_HEARD, told > 0, "nothing was told of " + traded);
        }
    }
}
