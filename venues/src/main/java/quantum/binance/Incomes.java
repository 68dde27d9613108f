package quantum.binance;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quantum.binance.Reply.Told;
import quantum.json.Malformed;
import quantum.venue.Call;
import quantum.venue.Call.Payment;
import quantum.venue.VenueEvent.IncomeRead;
import quantum.venue.VenueEvent.ReadFailed;

/** What the account paid and received beside its trades (binance-usdm 7), read page by page and told as a whole. */
final class Incomes {

    /** What is booked by a clock that is ahead of what we take it for belongs to the list too. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final Conversation talk;
    private final Listings listings;

    /** A row of the list; the id is unique among those of its kind. */
    private record Row(String id, Payment payment) {}

    Incomes(Conversation talk, Listings listings) {
        this.talk = talk;
        this.listings = listings;
    }

    void read(Call.ReadIncome call) {
        page(call, call.since(), new LinkedHashMap<>(), talk.now().nanos());
    }

    /** A full page is followed by another from its last time on, where rows come again and count once. */
    private void page(Call.ReadIncome call, Instant from, Map<String, Payment> known, long asked) {
        Instant to = talk.clock().at(talk.now().nanos()).plus(AHEAD);
        talk.ask(Endpoints.income(call, from, to), this::rows, reply -> {
            if (!(reply instanceof Told<List<Row>>(List<Row> rows, long left))) {
                talk.tell(new ReadFailed(call, reply.failure()));
                return;
            }
            // Later pages may lack what came after the first was asked for.
            long first = known.isEmpty() ? left : asked;
            rows.forEach(row -> known.put(row.id(), row.payment()));
            if (rows.size() < Endpoints.INCOME_PAGE) {
                talk.tell(new IncomeRead(call, List.copyOf(known.values()), first));
                return;
            }
            Instant last = rows.getLast().payment().time();
            if (last.isAfter(from)) {
                page(call, last, known, first);
            } else {
                talk.tell(new ReadFailed(call, "more was paid at " + last + " than one page lists"));
            }
        });
    }

    private List<Row> rows(Json json) {
        return json.elements().stream().map(this::row).toList();
    }

    private Row row(Json json) {
        if (!json.has("tranId")) {
            throw new Malformed("tranId is missing");
        }
        var symbol = json.symbol("symbol");
        boolean inQuote = listings.isQuote(symbol, json.text("asset"));
        return new Row(
                json.words("tranId"), new Payment(symbol, inQuote ? json.decimal("income") : null, json.time("time")));
    }
}
