package quantum.trader.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.trader.ledger.AccountOwned;
import quantum.trader.redis.RedisAddress;
import quantum.trader.redis.RedisProcess;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

class AccountLeaseTest {

    private static final StreamNames NAMES = StreamNames.DEFAULT;
    private static final String KEY = NAMES.owner();

    private RedisProcess redis;

    /** What a lease tells. */
    private static final class Told implements AccountLease.Listener {
        private final List<String> words = new CopyOnWriteArrayList<>();

        @Override
        public void certain(boolean certain) {
            words.add(certain ? "certain" : "uncertain");
        }

        @Override
        public void lost(String owner) {
            words.add("lost");
        }
    }

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @BeforeEach
    void start(@TempDir Path directory) {
        redis = new RedisProcess(directory);
        redis.startAndWait();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    private AccountLease lease(String owner, Told told) {
        return new AccountLease(RedisAddress.of(redis.url()), NAMES, owner, told);
    }

    private AccountLease started(String owner, Told told) {
        AccountLease lease = lease(owner, told);
        lease.start();
        return lease;
    }

    private void set(String value) {
        try (Jedis client = new Jedis("127.0.0.1", redis.port())) {
            client.set(KEY, value);
        }
    }

    @Test
    void p1_5_anotherDirectoryIsRefusedWhileTheFirstLivesAndTakesItWhenItEnds() {
        Told first = new Told();
        try (AccountLease lease = started("a", first);
                AccountLease other = lease("b", new Told())) {
            assertThatThrownBy(other::start).isInstanceOf(AccountOwned.class).hasMessageContaining("pid ");
            lease.renew();
            assertThat(first.words).containsExactly("certain");
        }
        Told next = new Told();
        try (AccountLease lease = started("b", next)) {
            lease.renew();
            assertThat(next.words).containsExactly("certain");
        }
        assertThat(AccountLease.ownerAt(RedisAddress.of(redis.url()), NAMES)).isNull();
    }

    @Test
    void p1_5_theNextLifeOfTheSameDirectoryTakesItOverAndTheEarlierOneHearsOfIt() {
        Told first = new Told();
        Told second = new Told();
        try (AccountLease earlier = started("a", first);
                AccountLease later = started("a", second)) {
            await().until(() -> first.words.equals(List.of("certain", "uncertain", "lost")));
            earlier.renew();
            later.renew();
            assertThat(second.words).containsExactly("certain");
        }
    }

    @Test
    void p1_5_whoeverFindsAnothersLeaseAfterALongStallEnds() {
        Told told = new Told();
        try (AccountLease lease = started("a", told)) {
            set("b token pid 7 on elsewhere");
            await().until(() -> told.words.contains("lost"));
            lease.renew();
            assertThat(told.words).containsExactly("certain", "uncertain", "lost");
        }
        assertThat(AccountLease.ownerAt(RedisAddress.of(redis.url()), NAMES)).contains("pid 7 on elsewhere");
    }

    @Test
    void p1_5_withoutRedisItIsUncertainAndWithItCertainAgain() {
        Told told = new Told();
        try (AccountLease lease = started("a", told)) {
            redis.kill();
            await().until(() -> told.words.equals(List.of("certain", "uncertain")));
            redis.startAndWait();
            await().until(() -> told.words.equals(List.of("certain", "uncertain", "certain")));
            lease.renew();
        }
    }

    @Test
    void p1_5_aStartWithoutRedisIsUncertainUntilThereIsOne() {
        redis.kill();
        Told told = new Told();
        try (AccountLease lease = started("a", told)) {
            assertThat(told.words).containsExactly("uncertain");
            redis.startAndWait();
            await().until(() -> told.words.equals(List.of("uncertain", "certain")));
            lease.renew();
        }
    }

    /** The key ended, or was wiped, between reading and taking it: nobody else has it because of that. */
    @Test
    void aKeyThatGoesWhileItIsTakenIsNobodyElses() throws InterruptedException {
        Told told = new Told();
        AtomicBoolean wiping = new AtomicBoolean(true);
        try (AccountLease lease = started("a", told)) {
            Thread wiper = Thread.ofPlatform().start(() -> {
                try (Jedis client = new Jedis("127.0.0.1", redis.port())) {
                    while (wiping.get()) {
                        client.del(KEY);
                        client.set(KEY, "");
                    }
                }
            });
            for (int i = 0; i < 500; i++) {
                renewAsRedisAllows(lease);
            }
            wiping.set(false);
            wiper.join();
            assertThat(told.words).doesNotContain("lost");
            set("");
            lease.renew();
            assertThat(told.words.getLast()).isEqualTo("certain");
        }
    }

    private static void renewAsRedisAllows(AccountLease lease) {
        try {
            lease.renew();
        } catch (JedisException e) {
            assertThat(e).hasMessageContaining("changed");
        }
    }
}
