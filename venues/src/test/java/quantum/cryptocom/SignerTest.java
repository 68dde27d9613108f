package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The four vectors of crypto-com 1, made from the official algorithm. */
final class SignerTest {

    private static final Signer SIGNER = new Signer("test_key", "test_secret");

    private static void signs(String method, long id, Params params, long nonce, String signed, String hex) {
        assertThat(params.signed()).isEqualTo(signed);
        assertThat(SIGNER.signature(id, method, params, nonce)).isEqualTo(hex);
    }

    @Test
    void aMarketSellIsSignedWithItsKeysInOrder() {
        signs(
                "private/create-order",
                1,
                Params.of("instrument_name", "BTC_USDT")
                        .with("side", "SELL")
                        .with("type", "MARKET")
                        .with("quantity", "0.00100")
                        .with("client_oid", "qt-1"),
                1_767_225_600_000L,
                "client_oidqt-1instrument_nameBTC_USDTquantity0.00100sideSELLtypeMARKET",
                "5f850392414e8bada03d6bd69d6181db80003dc9fd1050f11c3193ccaea3b0b1");
    }

    @Test
    void aListOfTextsIsItsTextsOneAfterAnother() {
        signs(
                "private/create-order",
                3,
                Params.of("instrument_name", "BTC_USDT")
                        .with("exec_inst", List.of("POST_ONLY"))
                        .with("price", "1.00")
                        .with("quantity", "0.00100")
                        .with("side", "BUY")
                        .with("type", "LIMIT"),
                1_767_225_600_002L,
                "exec_instPOST_ONLYinstrument_nameBTC_USDTprice1.00quantity0.00100sideBUYtypeLIMIT",
                "b8037db012c61cbfc5fe3c1e08f90d9ed937830c64370df7d0e4a14ee0ea3449");
    }

    @Test
    void aListOfOrdersIsEachOrderWithItsOwnKeysInOrder() {
        Params target = Params.of("instrument_name", "BTC_USDT")
                .with("side", "SELL")
                .with("type", "LIMIT")
                .with("price", "93000.00")
                .with("quantity", "0.00100")
                .with("client_oid", "qt-1-tp");
        Params stop = Params.of("instrument_name", "BTC_USDT")
                .with("side", "SELL")
                .with("type", "STOP_LOSS")
                .with("ref_price", "80000.00")
                .with("ref_price_type", "MARK_PRICE")
                .with("quantity", "0.00100")
                .with("client_oid", "qt-1-sl");
        signs(
                "private/advanced/create-oco",
                2,
                Params.of("order_list", List.of(target, stop)),
                1_767_225_600_001L,
                "order_listclient_oidqt-1-tpinstrument_nameBTC_USDTprice93000.00quantity0.00100sideSELLtypeLIMIT"
                        + "client_oidqt-1-slinstrument_nameBTC_USDTquantity0.00100ref_price80000.00"
                        + "ref_price_typeMARK_PRICEsideSELLtypeSTOP_LOSS",
                "5c5f55c979cd76f340977a89e09d5fba7d8255fb968a2a1e1d90eca5554cdc0e");
    }

    @Test
    void noParametersAreAnEmptyText() {
        signs(
                "private/user-balance",
                4,
                Params.NONE,
                1_767_225_600_003L,
                "",
                "b02e90ff30a53c6d54c5fb4f24bd15fa57fc65301d40a9164b3cb92cad20e18d");
    }

    @Test
    void theEnvelopeHasNumbersForIdAndNonceAndItsParametersAsTheyAreSigned() {
        String text = SIGNER.envelope(4, "private/user-balance", Params.NONE, 1_767_225_600_003L);
        assertThat(text)
                .isEqualTo("{\"id\":4,\"method\":\"private/user-balance\",\"params\":{},\"api_key\":\"test_key\","
                        + "\"sig\":\"b02e90ff30a53c6d54c5fb4f24bd15fa57fc65301d40a9164b3cb92cad20e18d\","
                        + "\"nonce\":1767225600003}");
    }

    @Test
    void parametersNestedDeeperThanTheExchangeSignsAreNotSent() {
        Params deep = Params.of("a", Params.of("b", Params.of("c", Params.of("d", "1"))));
        assertThatThrownBy(deep::signed).isInstanceOf(IllegalArgumentException.class);
    }
}
