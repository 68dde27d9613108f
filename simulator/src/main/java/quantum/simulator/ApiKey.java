package quantum.simulator;

import java.util.Set;

/**
 * One way into an account. The secret is the text of an HMAC key, or the public half of an RSA or Ed25519 key in PEM.
 * An empty set of addresses lets every address in.
 */
public record ApiKey(
        String text, String secret, Account account, Set<String> addresses, boolean trading, boolean revoked) {

    public ApiKey {
        addresses = Set.copyOf(addresses);
    }

    static ApiKey of(Account account) {
        return new ApiKey(account.apiKey(), account.secret(), account, Set.of(), true, false);
    }

    public boolean admits(String address) {
        return !revoked && (addresses.isEmpty() || addresses.contains(address));
    }
}
