package quantum.trader.ledger;

/** Indicates that another service has the account or its streams; exit code 5. */
public final class AccountOwned extends LedgerException {
    private static final long serialVersionUID = 1L;

    public AccountOwned(String owner) {
        super(
                "the account is owned by another service (" + owner
                        + "): two would take each other's stops off. Stop it, or give this one an account of its own",
                null);
    }
}
