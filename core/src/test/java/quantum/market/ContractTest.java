package quantum.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an exchange can do to a position, said by what is traded. */
class ContractTest {

    @Test
    void aCoinIsBoughtInFullAndOnlyBought() {
        Contract coin = new Contract.Coin("BTC", "USDT");
        assertThat(coin.allows(Direction.LONG)).isTrue();
        assertThat(coin.allows(Direction.SHORT)).isFalse();
        assertThat(coin.mostLeverage()).isEqualTo(1);
        assertThat(coin.isBorrowed()).isFalse();
        assertThat(coin.deliveredAt()).isNull();
        assertThat(coin.unsupported()).isNull();
    }

    @Test
    void aFutureIsBorrowedInBothDirections() {
        Contract future = Contract.perpetual("USDT");
        assertThat(future.allows(Direction.SHORT)).isTrue();
        assertThat(future.isBorrowed()).isTrue();
    }

    @Test
    void ofWhatIsNotListedThePossibilitiesOfAFutureAreAssumed() {
        assertThat(Contract.unknown().isBorrowed()).as("funding is asked for").isTrue();
        assertThat(Contract.unknown().unsupported()).isNotNull();
    }
}
