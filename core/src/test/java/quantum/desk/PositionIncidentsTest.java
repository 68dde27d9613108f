package quantum.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.guard.Limits;
import quantum.intent.Report;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.rules.Rules;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate.Status;
import quantum.venue.VenueEvent;

/** Positions that were doubled, lost, turned or counted wrongly; docs/incidents.md tells each. */
class PositionIncidentsTest {

    private final DeskRig rig = DeskRig.ready();
    private final Replies exchange = new Replies(rig);

    private String why(DeskRig desk, String intentId) {
        return desk.reports(intentId).stream()
                .map(r -> r instanceof Report.Rejected rejected ? rejected.why().name() : r.status())
                .reduce((first, second) -> second)
                .orElse("none");
    }

    private Map<String, String> wish(String id, String... more) {
        Map<String, String> fields = new HashMap<>(
                Map.of("intent_id", id, "symbol", "BTCUSDT", "action", "BUY", "position_size_usd", "1000"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields;
    }

    @Test
    void incP07WhatOurOwnChecksRefuseStopsNoOther() {
        for (int i = 0; i < 20; i++) {
            rig.intent(wish("bad" + i, "position_size_usd", "0.001"));
            assertThat(why(rig, "bad" + i)).isEqualTo("QTY_BELOW_MIN");
        }
        rig.intent(wish("good"));
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    @Test
    void incI26AShortStaysAShortOverABootstrapAndARestart() {
        rig.intent(wish("a", "action", "SELL"));
        exchange.fill("100");
        exchange.protect();
        Call.PlaceConditional stop = rig.lastRest(Level.STOP);
        VenueEvent.Held held = Replies.held(DeskRig.BTC, Direction.SHORT, "10", "100", "100");
        rig.positions(held);
        rig.restart(
                List.of(held),
                List.of(
                        Replies.conditional(stop, Status.NEW, null),
                        Replies.conditional(rig.lastRest(Level.TARGET), Status.NEW, null)));
        assertThat(rig.view().positions()).singleElement().satisfies(p -> {
            assertThat(p.direction()).isEqualTo("SHORT");
            assertThat(p.stop().price()).isEqualByComparingTo("101.5");
            assertThat(p.target().price()).isEqualByComparingTo("97.5");
        });
        rig.close("c", DeskRig.BTC);
        assertThat(rig.last(Call.Close.class).side()).isEqualTo(Side.BUY);
    }

    @ParameterizedTest
    @CsvSource({"LONG, 98.5", "SHORT, 101.5"})
    void incI27TheSmallestPositionIsOneOnBothSides(Direction direction, String stop) {
        rig.positions(Replies.held(DeskRig.BTC, direction, "0.001", "100", "100"));
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(p -> assertThat(p.quantity()).isEqualByComparingTo("0.001"));
        assertThat(rig.lastRest(Level.STOP).trigger().value()).isEqualByComparingTo(stop);
        rig.close("c", DeskRig.BTC);
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo("0.001");
    }

    @Test
    void incI29TheSameSignalEveryMinuteUnderNewIdsIsOnePosition() {
        exchange.position("first", DeskRig.BTC);
        for (int i = 0; i < 5; i++) {
            rig.passSeconds(60);
            rig.intent(wish("again" + i));
            assertThat(why(rig, "again" + i)).isEqualTo("POSITION_EXISTS");
        }
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
    }

    /** Exits that had lost their mark turned positions seven times in eleven minutes; half of the account was gone. */
    @Test
    void incI43UnmarkedOrdersOfBothSidesTurnNoPosition() {
        exchange.position("first", DeskRig.BTC);
        for (int i = 0; i < 20; i++) {
            rig.passSeconds(31);
            rig.intent(wish("again" + i, "action", i % 2 == 0 ? "SELL" : "BUY"));
            assertThat(why(rig, "again" + i)).isEqualTo(i % 2 == 0 ? "POSITION_OPPOSITE" : "POSITION_EXISTS");
        }
        assertThat(rig.calls(Call.Open.class)).hasSize(1);
        assertThat(rig.calls(Call.Close.class)).isEmpty();
    }

    /** A producer sent what no consumer read: 75 of 76 intents were refused over 16 hours, and nobody was told. */
    @Test
    void incI47ThatMostMessagesCannotBeUnderstoodIsToldOnce() {
        for (int i = 0; i < 6; i++) {
            rig.intent(wish("good" + i));
        }
        for (int i = 0; i < 5; i++) {
            rig.pass(java.time.Duration.ofMinutes(13));
            rig.intent(wish("bad" + i, "position_size_usd", "much"));
        }
        assertThat(rig.alerts("intents-unread")).isEmpty();
        for (int i = 5; i < 30; i++) {
            rig.intent(wish("bad" + i, "position_size_usd", "much"));
        }
        assertThat(rig.alerts("intents-unread")).hasSize(1);
        for (int i = 6; i < 16; i++) {
            rig.intent(wish("good" + i));
        }
        for (int i = 0; i < 6; i++) {
            rig.intent(Map.of("intent_id", "dead" + i, "position_usd", "100"));
        }
        assertThat(rig.alerts("intents-unread")).hasSize(1);
        rig.pass(java.time.Duration.ofMinutes(5));
        rig.intent(Map.of("intent_id", "dead", "position_usd", "100"));
        assertThat(rig.alerts("intents-unread")).hasSize(2);
    }

    @Test
    void incI56OfAllThatComeAtOnceOnlyAsManyOpenAsTheLimitAllows() {
        Limits seeds = Limits.DEFAULT;
        Limits.Exposure two = new Limits.Exposure(2, 1, 10, new BigDecimal("60"));
        DeskRig limited = DeskRig.ready(Rules.DEFAULT.withLimits(
                new Limits(seeds.rates(), seeds.margin(), two, seeds.openMaxAge(), seeds.priceMaxAge())));
        for (Symbol symbol : DeskRig.SYMBOLS) {
            limited.buy("in " + symbol, symbol);
        }
        assertThat(limited.calls(Call.Open.class)).hasSize(2);
        assertThat(why(limited, "in SOLUSDT")).isEqualTo("POSITIONS_ABOVE_MAX");
        assertThat(why(limited, "in XRPUSDT")).isEqualTo("POSITIONS_ABOVE_MAX");
    }

    /** Levels as they were really sent, and their like on the other side. */
    @ParameterizedTest
    @CsvSource({
        "BUY, stop_loss, 96106059, STOP_WRONG_SIDE",
        "SELL, stop_loss, 96106059, STOP_BEYOND_LIQUIDATION",
        "BUY, take_profit, -192011872, SCHEMA_INVALID",
        "SELL, take_profit, -192011872, SCHEMA_INVALID",
        "BUY, take_profit, 192011872, SCHEMA_INVALID",
        "BUY, stop_loss, 0.00000001, STOP_BEYOND_LIQUIDATION",
        "BUY, stop_loss, -96106059, SCHEMA_INVALID",
    })
    void incI76LevelsThatNoMarketHasAreRefusedBeforeTheOrder(String action, String field, String level, String why) {
        rig.intent(wish("a", "action", action, field, level));
        assertThat(why(rig, "a")).isEqualTo(why);
        assertThat(rig.calls(Call.Open.class)).isEmpty();
    }

    @Test
    void incI82ThePriceOfAnotherSymbolHoldsNothingUp() {
        rig.pass(java.time.Duration.ofMinutes(5));
        rig.said(new VenueEvent.Marked(
                Map.of(DeskRig.BTC, Price.of("100")), rig.now().exchange()));
        rig.intent(wish("fresh"));
        rig.buy("stale", DeskRig.ETH);
        assertThat(rig.calls(Call.Open.class)).extracting(Call.Open::symbol).containsExactly(DeskRig.BTC);
        assertThat(why(rig, "stale")).isEqualTo("PRICE_STALE");
    }

    @Test
    void incL09AFoundPositionHasTheExchangesEntryAndNotThePriceOfNow() {
        rig.mark(DeskRig.BTC, "120");
        rig.passSeconds(2);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, "2", "100", "120"));
        assertThat(rig.view().positions()).singleElement().satisfies(p -> {
            assertThat(p.entryPrice()).isEqualByComparingTo("100");
            assertThat(p.unrealised()).isEqualByComparingTo("40");
            assertThat(p.openedAt()).isEqualTo(rig.now().exchange());
        });
    }

    @ParameterizedTest
    @CsvSource({"9.999", "10.001", "0.001"})
    void incL14ADriftOfOneStepIsADrift(String quantity) {
        exchange.position("a", DeskRig.BTC);
        rig.passSeconds(4);
        rig.positions(Replies.held(DeskRig.BTC, Direction.LONG, quantity, "100", "100"));
        assertThat(rig.view().positions())
                .singleElement()
                .satisfies(p -> assertThat(p.quantity()).isEqualByComparingTo(quantity));
        rig.close("c", DeskRig.BTC);
        assertThat(rig.last(Call.Close.class).quantity().value()).isEqualByComparingTo(quantity);
    }
}
