package quantum.trader.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An account on an exchange, taken by one process of this user on this host, whatever its data directory is: two that
 * protect one position take each other's stops off. What runs on other hosts is kept away by the lease in Redis.
 */
public final class AccountLock implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AccountLock.class);

    private final LockFile lock;

    private AccountLock(LockFile lock) {
        this.lock = lock;
    }

    /**
     * Takes it.
     *
     * @param account what names the account without telling its key, see {@link #name}
     * @throws AccountOwned if another process has it
     */
    public static AccountLock take(String account) {
        try {
            return new AccountLock(LockFile.take(file(account)));
        } catch (LockFile.Taken e) {
            throw new AccountOwned("on this host, " + e.owner());
        } catch (IOException e) {
            throw new LedgerException("the lock of the account cannot be taken: " + e.getMessage(), e);
        }
    }

    /** Whoever has it on this host now, if anybody has. */
    public static Optional<String> owner(String account) {
        try {
            return LockFile.owner(file(account));
        } catch (IOException e) {
            throw new LedgerException("the lock of the account cannot be read: " + e.getMessage(), e);
        }
    }

    /** Names an account by the exchange and the key, and tells neither. */
    public static String name(String exchange, String key) {
        return Chain.next("", 0, 0, "account", exchange, key).substring(0, 32);
    }

    /** In the user's own directory, which does not depend on the session or the service that starts the process. */
    private static Path file(String account) throws IOException {
        Path home = Path.of(System.getProperty("user.home", "/"), ".local", "state", "quantum-trader");
        try {
            OwnFiles.makeDirectory(home);
            if (Files.isWritable(home)) {
                return home.resolve(account + ".lock");
            }
        } catch (IOException e) {
            log.debug("no directory {}", home, e);
        }
        Path temporary = Path.of(
                System.getProperty("java.io.tmpdir"), "quantum-trader-" + System.getProperty("user.name", "unknown"));
        OwnFiles.makeDirectory(temporary);
        log.warn("{} cannot be made; the lock of the account lies in {}", home, temporary);
        return temporary.resolve(account + ".lock");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new LedgerException("the lock of the account could not be released", e);
        }
    }
}
