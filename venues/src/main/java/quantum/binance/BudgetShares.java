package quantum.binance;

/**
 * How much of the exchange's limits may be used, in percent: by opens, counted with what each of them leads to, and by
 * everything that can wait. The rest is for closes and protection, which no share holds back (law 5).
 */
public record BudgetShares(int opensPct, int totalPct) {

    /** Opens leave room for their own protection and closes below the total, which leaves a fifth to chance. */
    public static final BudgetShares DEFAULT = new BudgetShares(45, 80);

    public BudgetShares {
        if (opensPct < 1 || totalPct < opensPct || totalPct > 100) {
            throw new IllegalArgumentException("shares: 1 <= opens <= total <= 100 expected");
        }
    }
}
