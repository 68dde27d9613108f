package quantum.binance;

import java.util.function.Consumer;
import quantum.binance.AccountReplies.Modes;
import quantum.binance.Reply.Told;
import quantum.position.PositionMode;
import quantum.venue.VenueEvent.Unusable;

/** The self test up to the streams: clock, rules, rights and modes; each failure ends in words for a person. */
final class StartUp {

    private final Conversation talk;
    private final Listings listings;
    private final Runnable passed;
    private final Consumer<Unusable> failed;

    StartUp(Conversation talk, Listings listings, Runnable passed, Consumer<Unusable> failed) {
        this.talk = talk;
        this.listings = listings;
        this.passed = passed;
        this.failed = failed;
    }

    void begin() {
        talk.clock().sync(failure -> {
            if (failure == null) {
                talk.clock().keep();
                readRules();
            } else {
                fail("the exchange's clock could not be read: " + failure);
            }
        });
    }

    private void readRules() {
        listings.read(failure -> {
            if (failure == null) {
                listings.keep();
                readModes();
            } else {
                fail("the exchange's rules could not be read: " + failure);
            }
        });
    }

    private void readModes() {
        talk.ask(Endpoints.accountConfig(), AccountReplies::modes, reply -> {
            if (!(reply instanceof Told<Modes>(Modes modes, var _))) {
                fail("the account's rights could not be read: " + reply.failure());
            } else if (!modes.canTrade()) {
                fail("the account may not trade", "allow futures trading for this account and key on the exchange");
            } else if (modes.canWithdraw() && talk.settings().withdrawalRefused()) {
                fail(
                        "the exchange says that money may be withdrawn with this key or account",
                        "use a key without that right, or set keys.withdrawal_allowed if you have seen on the"
                                + " exchange that the key has none");
            } else if (modes.positions() != talk.settings().positions()) {
                fail(
                        "the account is in " + words(modes.positions()) + " mode, and "
                                + words(talk.settings().positions()) + " is configured",
                        "set position_mode to what the account has, or change the account while it has no position");
            } else if (modes.multiAssets()) {
                fail(
                        "the account is in multi-assets mode, which excludes isolated margin",
                        "set the asset mode to single-asset; an account that cannot leave multi-assets mode, such as one of"
                                + " the EU with credits (BNFCR), is not served");
            } else {
                passed.run();
            }
        });
    }

    private static String words(PositionMode mode) {
        return mode == PositionMode.HEDGE ? "hedge" : "one-way";
    }

    /** Ends the start with the next step that fits the cause. */
    void fail(String cause) {
        fail(cause, nextStep(cause, talk.settings().endpoints().rest()));
    }

    /** Ends the start because a stream does not open. */
    void failStream(StreamName stream, String cause) {
        BinanceSettings.Endpoints endpoints = talk.settings().endpoints();
        String address = switch (stream) {
            case PRIVATE -> endpoints.wsPrivate();
            case MARKET -> endpoints.wsMarket();
            case ORDERS -> endpoints.wsApi();
        };
        String words = "the " + stream + " stream could not be opened: " + cause;
        String nextStep = nextStep(words, address);
        fail(words, stream == StreamName.ORDERS ? nextStep + ", or set exchange.order_entry to rest" : nextStep);
    }

    private void fail(String cause, String nextStep) {
        failed.accept(new Unusable(cause, nextStep));
    }

    private static String nextStep(String cause, String address) {
        if (cause.contains("-2014")) {
            return "check the API key: its format is wrong";
        }
        if (cause.contains("-2015")) {
            return "check the key's right to trade futures, its list of addresses, and that it is of this environment";
        }
        if (cause.contains("-2008")) {
            return "use a key that was made on this environment";
        }
        if (cause.contains("-1022")) {
            return "check the API secret: it does not belong to the key";
        }
        if (cause.contains("-1021")) {
            return "let the host's clock be set by NTP";
        }
        return "check that " + address + " can be reached from here, then start again";
    }
}
