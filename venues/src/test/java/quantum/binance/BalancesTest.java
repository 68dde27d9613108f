package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import quantum.market.Balance;
import quantum.venue.VenueEvent.AccountRead;

/** One list of balances that lacks an asset is a doubt, not a balance of zero (X-F6). */
final class BalancesTest {

    private static final Balance USDT = balance("USDT", "900");
    private static final Balance USDC = balance("USDC", "50");

    private final Balances balances = new Balances();

    private static Balance balance(String asset, String available) {
        return new Balance(asset, new BigDecimal("1000"), new BigDecimal(available));
    }

    private List<Balance> at(long seconds, Balance... list) {
        return read(seconds, list).balances();
    }

    private AccountRead read(long seconds, Balance... list) {
        return balances.told(List.of(list), TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void xF6_anAssetThatAListLacksIsNamedWithIt() {
        assertThat(read(0, USDT, USDC).lacked()).isEmpty();
        assertThat(read(10, USDC).lacked()).containsExactly("USDT");
        assertThat(read(20, USDC).lacked()).as("gone").isEmpty();
    }

    @Test
    void xF6_anAssetThatOneListLacksKeepsItsFigures() {
        assertThat(at(0, USDT, USDC)).containsExactly(USDT, USDC);
        assertThat(at(10, USDC)).containsExactlyInAnyOrder(USDT, USDC);
        Balance less = balance("USDT", "800");
        assertThat(at(20, less, USDC)).containsExactly(less, USDC);
        assertThat(at(30, USDC)).as("another doubt").containsExactlyInAnyOrder(less, USDC);
    }

    @Test
    void xF6_anAssetThatTwoListsApartLackIsGone() {
        assertThat(at(0, USDT, USDC)).hasSize(2);
        assertThat(at(10, USDC)).hasSize(2);
        assertThat(at(12, USDC)).as("too soon after the first").hasSize(2);
        assertThat(at(20, USDC)).containsExactly(USDC);
        assertThat(at(30, USDC)).containsExactly(USDC);
    }
}
