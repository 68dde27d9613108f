package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.simulator.Json;
import tools.jackson.databind.JsonNode;

/** One frame of each form that other people's clients send. */
class StrangersSocketTest extends CryptoComContract {

    private static int code(JsonNode frame) {
        return frame.path("code").asInt(-1);
    }

    @Test
    void ccxtLogsOnWithTextsForIdAndNonceAndSubscribesWithoutAnId() {
        done(CREATE, REST.formatted("before"));
        var frames = open("user");
        var nonce = Long.toString(nonce());
        var sig = signature.of("public/auth", nonce, "simkey", Json.object(), nonce);
        frames.send(json("{'id':'%1$s','nonce':'%1$s','method':'public/auth','api_key':'simkey','sig':'%2$s'}"
                .formatted(nonce, sig)));
        await(() -> !frames.named("public/auth").isEmpty());
        var logon = frames.named("public/auth").getFirst();
        assertThat(code(logon)).isZero();
        assertThat(logon.path("id").asLong()).isEqualTo(Long.parseLong(nonce));
        frames.send(
                json("{'method':'subscribe','params':{'channels':['user.order','user.trade','user.balance']},'nonce':"
                        + nonce + "}"));
        await(() -> frames.named("subscribe").size() == 3);
        assertThat(frames.named("subscribe")).allMatch(frame -> code(frame) == 0 && frame.has("result"));
        assertThat(frames.named("subscribe").stream()
                        .map(frame -> frame.path("result").path("subscription").asString()))
                .containsExactly("user.order", "user.trade", "user.balance");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user.order.BTC_USD", "user.order", "user.trade", "user.trade.BTC_USD", "user.balance"})
    void everyChannelOfTheCustomerIsThere(String channel) {
        var first = subscribe(user(), channel);
        assertThat(code(first)).isZero();
        assertThat(first.path("result").path("subscription").asString()).isEqualTo(channel);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'params':{'channels':['book.BTC_USD.50'],'bookSubscriptionType':'SNAPSHOT'}",
                "'params':{'channels':['book.BTC_USD.50'],'bookSubscriptionType':'SNAPSHOT_AND_UPDATE',"
                        + "'bookUpdateFrequency':10}",
                "'bookSubscriptionType':'SNAPSHOT_AND_UPDATE','params':{'channels':['book.BTC_USD.50']}"
            })
    void kindOfABookMayStandBesideTheChannelsOrOutside(String subscription) {
        var frames = open("market");
        frames.send(json("{'id':3,'method':'subscribe'," + subscription + "}"));
        await(() -> !frames.replies(3).isEmpty());
        var first = frames.replies(3).getFirst();
        assertThat(code(first)).isZero();
        assertThat(first.path("result").path("data").path(0).path("bids").size())
                .isEqualTo(1);
    }

    @Test
    void idsOfFramesMayBeLargeOrTheSameForEver() {
        var frames = user();
        for (var body : new String[] {"'id':9223372036854775807", "'id':1", "'id':1"}) {
            frames.send(json("{" + body + ",'method':'private/user-balance','params':{}}"));
        }
        await(() ->
                frames.replies(1).size() == 2 && frames.replies(Long.MAX_VALUE).size() == 1);
        assertThat(frames.named(BALANCE)).allMatch(frame -> code(frame) == 0);
    }

    @Test
    void connectionThatOffersCompressionIsTaken() throws IOException {
        var address = URI.create(server.baseUrl());
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            var handshake = "GET /exchange/v1/market HTTP/1.1\r\nHost: " + address.getAuthority()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n";
            socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 101");
        }
    }
}
