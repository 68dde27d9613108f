package quantum.cryptocom;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import quantum.http.Wire;
import quantum.json.Malformed;
import quantum.venue.Lookup;

/**
 * The questions of a person, over REST. Of coins nobody can say whose they are, so that a symbol counts as held while an
 * order of ours protects it.
 */
public final class CryptoComLookup implements Lookup {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final CryptoComSettings settings;
    private final Signer signer;
    private final Wire wire = new Wire(TIMEOUT);
    private long lastId;

    public CryptoComLookup(CryptoComSettings settings) {
        this.settings = settings;
        signer = new Signer(settings.apiKey(), settings.secret());
    }

    @Override
    public Optional<Found> order(String symbol, String orderId) throws InterruptedException {
        Json body = asked("get-order-detail", Params.of("order_id", orderId));
        if (CryptoComError.of(code(body)).kind() == CryptoComError.Kind.STATE) {
            return Optional.empty();
        }
        Json row = taken(body);
        try {
            Instant created = row.optionalTime("create_time");
            if (created == null) {
                throw new Malformed("create_time is no time");
            }
            return Optional.of(new Found(
                    row.text("status"),
                    row.side("side").name(),
                    row.decimal("cumulative_quantity"),
                    created.toEpochMilli()));
        } catch (Malformed e) {
            throw unreadable(e);
        }
    }

    @Override
    public List<String> heldSymbols() throws InterruptedException {
        Json result = taken(asked("advanced/get-open-orders", Params.NONE));
        return OrderReport.allAdvanced(result, Instant.EPOCH, (what, why) -> {
                    throw unreadable(new Malformed(what + ": " + why));
                })
                .stream()
                .filter(order -> order.isOpen() && order.clientId().isOurs())
                .map(order -> order.symbol().name())
                .distinct()
                .toList();
    }

    @Override
    public List<OpenOrder> openOrders() throws InterruptedException {
        List<OpenOrder> open = new ArrayList<>();
        try {
            for (Json row : taken(asked("get-open-orders", Params.NONE)).list("data")) {
                OrderReport order = OrderReport.ordinary(row, Instant.EPOCH);
                open.add(new OpenOrder(order.symbol().name(), order.clientId().value()));
            }
        } catch (Malformed e) {
            throw unreadable(e);
        }
        return open;
    }

    private Json taken(Json body) {
        if (code(body) != 0) {
            throw new Unanswered("the exchange answered " + code(body) + " " + Reply.words(body));
        }
        return body.member("result");
    }

    private static int code(Json body) {
        Long code = body.optionalInteger("code");
        if (code == null) {
            throw new Unanswered("the exchange answered without a code");
        }
        return Math.toIntExact(code);
    }

    /** The exchange's clock is read first: a request is refused by its age. */
    private Json asked(String method, Params params) throws InterruptedException {
        Wire.Result.Replied clock =
                sent(new Wire.Request("GET", uri("public/get-tickers?instrument_name=BTC_USD"), Map.of(), TIMEOUT));
        String name = "private/" + method;
        String body = signer.envelope(++lastId, name, params, now(clock.headers()));
        Wire.Result.Replied reply = sent(new Wire.Request("POST", uri(name), JSON, body, TIMEOUT));
        try {
            return Json.parse(reply.body());
        } catch (Malformed e) {
            throw unreadable(e);
        }
    }

    private URI uri(String target) {
        return URI.create(settings.endpoints().rest() + "/" + target);
    }

    private static long now(HttpHeaders headers) {
        try {
            return headers.firstValue("date")
                    .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from))
                    .orElse(Instant.now())
                    .toEpochMilli();
        } catch (DateTimeParseException _) {
            return Instant.now().toEpochMilli();
        }
    }

    private Wire.Result.Replied sent(Wire.Request request) throws InterruptedException {
        CompletableFuture<Wire.Result> answer = new CompletableFuture<>();
        wire.send(request, answer::complete);
        try {
            return switch (answer.get()) {
                case Wire.Result.Replied replied -> replied;
                case Wire.Result.Failed(var _, String cause) ->
                    throw new Unanswered(
                            "the exchange at " + settings.endpoints().rest() + " does not answer: " + cause);
            };
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Unanswered unreadable(Malformed e) {
        return new Unanswered("the exchange answered something unreadable: " + e.getMessage());
    }

    @Override
    public void close() {
        wire.close();
    }
}
