package quantum.simulator;

/** What an account has chosen for one symbol. */
public record SymbolTerms(int leverage, boolean isolated) {

    static final SymbolTerms DEFAULT = new SymbolTerms(20, false);
}
