package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.intent.Report;
import quantum.market.Contract;
import quantum.market.Symbol;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.VenueEvent;

/** Contracts and accounts whose money is not USDT alone. */
class AssetsTest {

    private static final Symbol OTHER = DeskRig.SOL;

    private DeskRig rig;
    private Replies exchange;

    @BeforeEach
    void start() {
        rig = DeskRig.ready();
        exchange = new Replies(rig);
    }

    private void list(Symbol symbol, Contract contract) {
        rig.said(new VenueEvent.InstrumentsRead(
                List.of(DeskRig.instrument(symbol, contract)), rig.now().nanos()));
    }

    private Report.Rejected refused(String id) {
        assertThat(rig.reports(id)).singleElement().isInstanceOf(Report.Rejected.class);
        return (Report.Rejected) rig.reports(id).getFirst();
    }

    private String why(String id) {
        return refused(id).why().name();
    }

    /** 100 USD of ETHBTC became 2857.1 ETH: dollars were divided by a price in bitcoin. */
    @Test
    void iF4_aContractQuotedInACoinIsRefusedByNameAndNeverSized() {
        list(OTHER, Contract.perpetual("BTC"));
        rig.account(DeskRig.balance("USDT", "10000"), DeskRig.balance("BTC", "5"));
        rig.mark(OTHER, "0.0350");
        rig.buy("usd", OTHER);
        rig.intent(Map.of("intent_id", "units", "symbol", OTHER.name(), "action", "SELL", "quantity", "1"));
        assertThat(why("usd")).isEqualTo("ASSET_UNSUPPORTED");
        assertThat(refused("usd").detail()).contains("BTC");
        assertThat(why("units")).isEqualTo("ASSET_UNSUPPORTED");
        assertThat(rig.calls(Call.Open.class)).isEmpty();
        assertNothingCoolsDown();
    }

    @Test
    void iF4_aContractThatTakesItsMarginInAnotherAssetOrDoesNotSayIsRefusedByName() {
        list(OTHER, new Contract.Future("USDT", "BNFCR", null));
        rig.buy("credits", OTHER);
        list(OTHER, Contract.unknown());
        rig.buy("untold", OTHER);
        assertThat(why("credits")).isEqualTo("ASSET_UNSUPPORTED");
        assertThat(refused("credits").detail()).contains("BNFCR");
        assertThat(why("untold")).isEqualTo("ASSET_UNSUPPORTED");
    }

    /** Five such refusals were a series of margin failures that stopped every open. */
    @Test
    void xF9_aContractInAnAssetThatTheAccountDoesNotHoldIsRefusedByNameWithoutACooldown() {
        list(OTHER, Contract.perpetual("USDC"));
        for (int i = 0; i < 6; i++) {
            rig.buy("no row " + i, OTHER);
            assertThat(why("no row " + i)).isEqualTo("ASSET_NOT_HELD");
        }
        rig.account(DeskRig.balance("USDT", "10000"), DeskRig.balance("USDC", "0"));
        rig.buy("zero", OTHER);
        assertThat(why("zero")).isEqualTo("ASSET_NOT_HELD");
        assertThat(refused("zero").detail()).contains("USDC");
        assertNothingCoolsDown();
    }

    @Test
    void iF7_anAccountWhoseMoneyIsUsdcOpensContractsInUsdcAndNoOthers() {
        list(OTHER, Contract.perpetual("USDC"));
        rig.account(DeskRig.balance("USDT", "0"), DeskRig.balance("USDC", "5000"));
        rig.buy("usdt", DeskRig.BTC);
        assertThat(why("usdt")).isEqualTo("ASSET_NOT_HELD");
        rig.buy("usdc", OTHER);
        assertThat(rig.last(Call.Open.class).symbol()).isEqualTo(OTHER);
        assertThat(rig.view().status().freeMargin()).containsOnlyKeys("USDC");
    }

    /** Seed 003: an account without any money lacks margin, and its opens are a series of failures as ever. */
    @Test
    void anAccountWithoutMoneyFailsItsMarginChecks() {
        rig.account(DeskRig.balance("USDT", "0"), DeskRig.balance("USDC", "0"));
        rig.buy("poor", DeskRig.BTC);
        assertThat(rig.view().status().freeMargin()).containsKeys("USDT", "USDC");
        assertThat(why("poor")).isEqualTo("MARGIN_INSUFFICIENT");
        assertThat(rig.view().guards().globalCooldown()).isNotNull();
    }

    @Test
    void eachAssetHasItsOwnReservations() {
        list(OTHER, Contract.perpetual("USDC"));
        rig.account(DeskRig.balance("USDT", "1400"), DeskRig.balance("USDC", "1300"));
        rig.buy("usdt", DeskRig.BTC);
        rig.buy("usdc", OTHER);
        assertThat(rig.calls(Call.Open.class)).hasSize(2);
        assertThat(rig.view().status().freeMargin().get("USDT")).isEqualByComparingTo("150");
        assertThat(rig.view().status().freeMargin().get("USDC")).isEqualByComparingTo("50");
    }

    @Test
    void xF9_wantOfMarginInAnotherAssetCoolsDownItsSymbolAlone() {
        list(OTHER, Contract.perpetual("USDC"));
        rig.account(DeskRig.balance("USDT", "10000"), DeskRig.balance("USDC", "0.5"));
        for (int i = 0; i < 6; i++) {
            rig.buy("dust" + i, OTHER);
        }
        assertThat(why("dust0")).isEqualTo("MARGIN_INSUFFICIENT");
        assertThat(why("dust5")).isEqualTo("COOLDOWN_SYMBOL");
        assertThat(rig.view().guards().symbolCooldowns()).containsOnlyKeys(OTHER.name());
        rig.buy("usdt", DeskRig.BTC);
        assertThat(rig.last(Call.Open.class).symbol()).isEqualTo(DeskRig.BTC);
        assertThat(rig.alerts("safe-mode")).isEmpty();
    }

    @Test
    void xF9_theExchangesWordOnMarginOfAnotherAssetCoolsDownItsSymbolAlone() {
        list(OTHER, Contract.perpetual("USDC"));
        rig.account(DeskRig.balance("USDT", "10000"), DeskRig.balance("USDC", "3000"));
        rig.buy("usdc", OTHER);
        exchange.deny(rig.last(Call.Open.class).id(), -2019, Answer.Cause.MARGIN);
        assertThat(why("usdc")).isEqualTo("EXCHANGE_MARGIN");
        assertThat(rig.view().guards().globalCooldown()).isNull();
        assertThat(rig.view().guards().marginFailures()).isEmpty();
        rig.passSeconds(31);
        rig.buy("again", OTHER);
        assertThat(why("again")).isEqualTo("COOLDOWN_SYMBOL");
        rig.buy("usdt", DeskRig.BTC);
        exchange.deny(rig.last(Call.Open.class).id(), -2019, Answer.Cause.MARGIN);
        assertThat(rig.view().guards().globalCooldown())
                .as("the account's own asset")
                .isNotNull();
    }

    private void assertNothingCoolsDown() {
        assertThat(rig.view().guards().globalCooldown()).isNull();
        assertThat(rig.view().guards().symbolCooldowns()).isEmpty();
        assertThat(rig.view().guards().marginFailures()).isEmpty();
        rig.buy("elsewhere", DeskRig.ETH);
        assertThat(rig.last(Call.Open.class).symbol()).isEqualTo(DeskRig.ETH);
    }

    /** P3 of X: a quarterly that is delivered in ten minutes was opened. */
    @Test
    void xP3_aContractIsNotOpenedInTheLastDayBeforeItsDelivery() {
        list(OTHER, new Contract.Future("USDT", "USDT", rig.now().exchange().plus(Duration.ofHours(25))));
        rig.buy("early", OTHER);
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
        exchange.fill("100");
        exchange.protect();
        assertThat(rig.alerts("delivery-near:")).isEmpty();
        rig.pass(Duration.ofHours(1).plusSeconds(1));
        rig.mark();
        rig.positions(new VenueEvent.Held(
                OTHER,
                quantum.market.Direction.LONG,
                quantum.market.Quantity.of("10"),
                quantum.market.Price.of("100"),
                quantum.market.Price.of("100"),
                null,
                1));
        assertThat(rig.alerts("delivery-near:" + OTHER))
                .singleElement()
                .satisfies(alert -> assertThat(alert.severity()).isEqualTo(Notice.Severity.CRITICAL));
        rig.intent(Map.of("intent_id", "late", "symbol", OTHER.name(), "action", "BUY", "position_size_usd", "1000"));
        assertThat(why("late")).isEqualTo("POSITION_EXISTS");
        list(
                DeskRig.XRP,
                new Contract.Future("USDT", "USDT", rig.now().exchange().plus(Duration.ofMinutes(10))));
        rig.buy("ten minutes", DeskRig.XRP);
        assertThat(why("ten minutes")).isEqualTo("DELIVERY_NEAR");
        rig.passSeconds(120);
        assertThat(rig.alerts("delivery-near:")).hasSize(1);
    }
}
