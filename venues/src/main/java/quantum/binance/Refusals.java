package quantum.binance;

import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.VenueEvent;

/** Answers to calls that cannot be made at all: each call is answered, whatever happens. */
final class Refusals {

    private Refusals() {}

    static VenueEvent notSent(Call call, String cause) {
        return switch (call) {
            case Call.Open open -> new VenueEvent.OrderAnswered(open.id(), new Answer.NotSent<>(cause));
            case Call.CancelOpen cancel -> new VenueEvent.OpenCancelled(cancel.id(), new Answer.NotSent<>(cause));
            case Call.Close close -> new VenueEvent.OrderAnswered(close.id(), new Answer.NotSent<>(cause));
            case Call.Rest rest -> new VenueEvent.RestAnswered(rest.id(), new Answer.NotSent<>(cause));
            case Call.CancelRest cancel -> new VenueEvent.RestCancelled(cancel.id(), new Answer.NotSent<>(cause));
            case Call.AskOrder ask -> new VenueEvent.OrderTold(ask.id(), new Answer.NotSent<>(cause));
            case Call.AskRest ask -> new VenueEvent.RestTold(ask.id(), new Answer.NotSent<>(cause));
            case Call.ReadPositions _,
                    Call.ReadAccount _,
                    Call.ReadRests _,
                    Call.ReadOrders _,
                    Call.ReadTrades _,
                    Call.ReadIncome _,
                    Call.ReadRules _ -> new VenueEvent.ReadFailed(call, cause);
        };
    }
}
