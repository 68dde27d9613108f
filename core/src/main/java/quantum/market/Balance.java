package quantum.market;

import java.math.BigDecimal;

/** Money of an account in one asset: all of it, and what new positions may use. */
public record Balance(String asset, BigDecimal wallet, BigDecimal available) {

    /** True if there is any. */
    public boolean isHeld() {
        return wallet.signum() > 0 || available.signum() > 0;
    }
}
