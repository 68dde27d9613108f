package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, with the code and the HTTP status of the venue. */
class RefusalsTest extends CryptoComContract {

    private static final String ORDER =
            "{'instrument_name':'BTC_USD','side':'BUY','type':'LIMIT','quantity':'0.01','price':'49000'}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'price':'49000'    | 'price':49000               | 400 308
            'quantity':'0.01'  | 'quantity':0.01             | 401 40101
            'quantity':'0.01'  | 'notional':500              | 400 50001
            'price':'49000'    | 'price':'49000.001'         | 400 308
            'price':'49000'    | 'price':'0'                 | 400 308
            'price':'49000'    | 'price':'abc'               | 400 308
            ,'price':'49000'   |                             | 400 308
            'price':'49000'    | 'price':'57501'             | 500 315
            'price':'49000'    | 'price':'4999'              | 500 315
            'quantity':'0.01'  | 'quantity':'0.00001'        | 500 415
            'quantity':'0.01'  | 'quantity':'-1'             | 400 213
            'quantity':'0.01'  | 'quantity':'1'              | 500 306
            'quantity':'0.01'  | 'quantity':'21'             | 500 314
            'side':'BUY'       | 'side':'SELL'               | 500 306
            'side':'BUY'       | 'side':'buy'                | 400 220
            'type':'LIMIT'     | 'type':'LIMITED'            | 400 218
            BTC_USD            | btc_usd                     | 400 209
            BTC_USD            | BTCUSDT                     | 400 209
            'price':'49000'    | 'price':'49000','time_in_force':'GTC'    | 400 221
            'price':'49000'    | 'price':'49000','exec_inst':['MAYBE']    | 400 219
            'price':'49000'    | 'price':'49000','spot_margin':'MARGIN'   | 400 416
            'price':'49000'    | 'price':'49000','spot_margin':'spot'     | 400 50001
            'price':'49000'    | 'price':'49000','client_oid':'1234567890123456789012345678901234567' | 400 40004
            """)
    void orderThatIsWrongIsRefusedWithItsCode(String part, String instead, String refusal) {
        assertThat(refusal(CREATE, ORDER.replace(part, instead == null ? "" : instead)))
                .isEqualTo(refusal);
        assertThat(ledger("orders").size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"STOP_LOSS", "STOP_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"})
    void triggerIsDisabledOnTheOrdinaryEndpoint(String type) {
        var trigger = ORDER.replace("LIMIT", type);
        assertThat(refusal(CREATE, trigger)).isEqualTo("400 140001");
        assertThat(refusal(CREATE, trigger.replace("}", ",'ref_price':'48000'}")))
                .isEqualTo("400 140001");
        settings("{'spotDisabledStatus':500}");
        assertThat(refusal(CREATE, trigger)).isEqualTo("500 140001");
    }

    @Test
    void minimumOfOneDollarIsRoundedUpToTheStep() {
        price("DOGE_USD", "0.3");
        var order = "{'instrument_name':'DOGE_USD','side':'BUY','type':'MARKET','quantity':'%s'}";
        assertThat(refusal(CREATE, order.formatted("3"))).isEqualTo("500 415");
        done(CREATE, order.formatted("4"));
        assertThat(refusal(CREATE, "{'instrument_name':'DOGE_USD','side':'BUY','type':'MARKET','notional':'0.99'}"))
                .isEqualTo("500 415");
    }

    @Test
    void refusalForMoneyCarriesTheIdsOfTheOrderAndLeavesItsClientIdFree() {
        var poor = ORDER.replace("0.01", "1").replace("}", ",'client_oid':'poor'}");
        var answer = post(CREATE, poor);
        assertThat(answer.status() + " " + answer.code()).isEqualTo("500 306");
        assertThat(answer.text("order_id")).matches("[0-9]{19}");
        assertThat(answer.text("client_oid")).isEqualTo("poor");
        assertThat(post(CREATE, poor).code())
                .as("sent again it is refused the same way")
                .isEqualTo(306);
        assertThat(post(DETAIL, "{'client_oid':'poor'}").code()).isEqualTo(40401);
        settings("{'spotRefusedOrdersKept':true}");
        assertThat(post(CREATE, poor).code()).isEqualTo(306);
        assertThat(detail("poor").text("status")).isEqualTo("REJECTED");
        assertThat(post(CREATE, poor).code()).isEqualTo(204);
    }

    @Test
    void usedClientIdIsRefusedForEver() {
        done(CREATE, REST.formatted("once"));
        assertThat(refusal(CREATE, REST.formatted("once"))).isEqualTo("400 204");
        done("private/cancel-order", "{'client_oid':'once'}");
        assertThat(refusal(CREATE, REST.formatted("once"))).isEqualTo("400 204");
        assertThat(ledger("orders").size()).isEqualTo(1);
    }

    @Test
    void unknownParametersAreIgnoredEvenThoseThatMeanSomething() {
        var odd = REST.formatted("odd")
                .replace("}", ",'broker_id':'CCXT','cost':1,'test':true,'start_ts':1.5,'stopLoss':{'price':'1'}}");
        done(CREATE, odd);
        assertThat(detail("odd").text("status")).isEqualTo("ACTIVE");
        done(CREATE, BUY.formatted("market").replace("}", ",'price':17}"));
        assertThat(detail("market").text("status"))
                .as("the price of a market order is passed over")
                .isEqualTo("FILLED");
    }

    @Test
    void pairThatDoesNotTradeTakesNothing() {
        control("symbol", "{'symbol':'BTC_USD','tradable':false}");
        assertThat(refusal(CREATE, ORDER)).isEqualTo("400 208");
    }

    @Test
    void openOrdersOfAPairAreLimited() {
        coins("{'USD':'1000000'}");
        for (int i = 0; i < 20; i++) {
            var ten = new StringBuilder();
            for (int j = 0; j < 10; j++) ten.append(j == 0 ? "" : ",").append(REST.formatted(i + "-" + j));
            done("private/create-order-list", "{'contingency_type':'LIST','order_list':[%s]}".formatted(ten));
        }
        assertThat(refusal(CREATE, REST.formatted("more"))).isEqualTo("400 318");
        done(CREATE, REST.formatted("other").replace("BTC_USD", "BTC_USDT"));
    }

    @Test
    void amountOfATriggerMustBeATextToo() {
        coins("{'BTC':'1'}");
        var stop = STOP.formatted("s").replace("'49000'", "49000");
        assertThat(refusal(ADVANCED + "create-order", stop)).isEqualTo("400 229");
    }
}
