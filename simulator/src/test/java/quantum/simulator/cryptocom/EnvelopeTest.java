package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.simulator.Json;

/** What every request and every answer comes in. */
class EnvelopeTest extends CryptoComContract {

    @Test
    void answerRepeatsIdAndMethod() {
        var request = signed(BALANCE, Json.object());
        var answer = send("POST", "/exchange/v1/" + BALANCE, Json.text(request)).json();
        assertThat(answer.path("id").asLong()).isEqualTo(request.path("id").asLong());
        assertThat(answer.path("method").asString()).isEqualTo(BALANCE);
        assertThat(answer.path("code").isNumber()).isTrue();
    }

    @Test
    void refusalCarriesMessageAndTheOriginal() {
        var answer = post(CREATE, BUY.formatted("x").replace("BTC_USD", "NO_PAIR"));
        assertThat(answer.status() + " " + answer.code()).isEqualTo("400 209");
        assertThat(answer.json().path("message").asString()).isEqualTo("INVALID_INSTRUMENT");
        assertThat(Json.parse(answer.json().path("original").asString())
                        .path("params")
                        .path("instrument_name")
                        .asString())
                .isEqualTo("NO_PAIR");
        assertThat(answer.json().has("result")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, public/get-instruments, {'id':1;'method':'public/get-instruments'}, 400 50001",
        "GET, private/user-balance, '', 400 40003",
        "POST, private/no-such-method, {'id':1;'method':'private/no-such-method'}, 400 40002",
        "POST, private/user-balance, {'id':1;'method':'private/get-trades'}, 400 40003",
        "POST, private/user-balance, {'id':1, 400 40001",
        "POST, private/user-balance, {'id':1}, 400 40001",
        "POST, private/user-balance, {'method':'private/user-balance'}, 400 40001",
        "POST, private/user-balance, {'id':'x';'method':'private/user-balance'}, 400 40001",
    })
    void wrongRoadsAndBrokenEnvelopesAreRefused(String method, String path, String body, String refusal) {
        var answer = send(method, "/exchange/v1/" + path, json(body == null ? "" : body.replace(';', ',')));
        assertThat(answer.status() + " " + answer.code()).as(answer.body()).isEqualTo(refusal);
    }

    @Test
    void requestWithoutIdOrMethodIsAnsweredUnderError() {
        for (var body : new String[] {"{'method':'private/user-balance'}", "{'id':7}"}) {
            var answer = send("POST", "/exchange/v1/" + BALANCE, json(body)).json();
            assertThat(answer.path("method").asString()).isEqualTo("ERROR");
        }
        assertThat(send("POST", "/exchange/v1/" + BALANCE, json("{'method':'private/user-balance'}"))
                        .json()
                        .path("id")
                        .asInt())
                .isEqualTo(-1);
    }

    @Test
    void otherVersionsAreNotThere() {
        assertThat(send("GET", "/v2/public/get-instruments", "").status()).isEqualTo(404);
        assertThat(send("GET", "/exchange/v2/public/get-instruments", "").status())
                .isEqualTo(404);
    }

    @Test
    void codeIsANumberOrAText() {
        settings("{'spotCodeAsText':true}");
        assertThat(get("get-tickers").json().path("code").asString()).isEqualTo("0");
        assertThat(get("get-tickers").json().path("code").isString()).isTrue();
        assertThat(post(DETAIL, "{'order_id':'1'}").json().path("code").isString())
                .isTrue();
    }

    @Test
    void paramsMayBeMissingWhereNothingIsAsked() {
        var balance = signed(BALANCE, Json.object());
        balance.remove("params");
        assertThat(send("POST", "/exchange/v1/" + BALANCE, Json.text(balance)).code())
                .isZero();
        var rate = signed("private/get-instrument-fee-rate", Json.object());
        rate.remove("params");
        assertThat(send("POST", "/exchange/v1/private/get-instrument-fee-rate", Json.text(rate))
                        .code())
                .isEqualTo(10004);
        assertThat(refusal("private/get-instrument-fee-rate", "{}")).isEqualTo("400 209");
        assertThat(refusal("private/get-instrument-fee-rate", "{'instrument_name':'NO_PAIR'}"))
                .isEqualTo("400 209");
        assertThat(done("private/get-instrument-fee-rate", "{'instrument_name':'BTC_USD'}")
                        .text("effective_taker_rate_bps"))
                .isEqualTo("50");
    }

    @Test
    void headOfEveryAnswerShowsTheClockOfTheExchange() throws IOException, InterruptedException {
        control("clock", "{'offsetMillis':3600000}");
        var target = URI.create(server.baseUrl() + "/exchange/v1/public/get-tickers");
        var response = client.send(HttpRequest.newBuilder(target).build(), BodyHandlers.ofString());
        var dates = response.headers().allValues("date");
        assertThat(dates).hasSize(1);
        var shown = ZonedDateTime.parse(dates.getFirst(), DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(Duration.between(Instant.now(), shown.toInstant()))
                .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
    }

    @Test
    void everyRequestIsInTheLogWithItsParameters() {
        done(CREATE, BUY.formatted("logged"));
        var requests = send("GET", "/sim/requests", "").json().path("requests");
        var row = requests.valueStream()
                .filter(each -> each.path("path").asString().equals("/exchange/v1/" + CREATE))
                .findFirst()
                .orElseThrow();
        assertThat(row.path("parameters").path("params").path("client_oid").asString())
                .isEqualTo("logged");
        assertThat(row.path("answer").path("body").asString()).contains("order_id");
        assertThat(texts(send("GET", "/sim/routes", "").json(), "routes")).isNotNull();
        assertThat(send("GET", "/sim/routes", "").body()).contains("POST /exchange/v1/private/advanced/create-oco");
    }
}
