package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.market.Contract;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.rules.Rules;
import quantum.venue.Call;
import quantum.venue.VenueEvent;

/** A symbol is what the exchange calls it, however a producer spells it. */
class SpellingTest {

    private static final Symbol COIN = new Symbol("BTC_USD");

    private final Contract.Coin contract = new Contract.Coin("BTC", "USD");
    private final DeskRig rig = DeskRig.ready(Rules.DEFAULT, contract);

    @ParameterizedTest
    @ValueSource(strings = {"BTC_USD", "BTC/USD", "BTC-USD", "BTCUSD", "btc_usd"})
    void everySpellingIsOneSymbol(String spelled) {
        rig.account(DeskRig.balance("USD", "10000"));
        rig.said(new VenueEvent.InstrumentsRead(
                List.of(DeskRig.instrument(COIN, contract)), rig.now().nanos()));
        rig.said(new VenueEvent.Marked(Map.of(COIN, Price.of("100")), rig.now().exchange()));
        rig.intent(Map.of("intent_id", "a", "symbol", spelled, "action", "BUY", "position_size_usd", "1000"));
        assertThat(rig.calls(Call.Open.class)).extracting(Call.Open::symbol).containsExactly(COIN);
    }
}
