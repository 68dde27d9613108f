package quantum.binance;

/** Where it goes that something could not be read or is not known, while what is beside it could. */
interface Odd {

    /** A person is told once for each kind, so the kind names whose it is; the detail is what is odd. */
    void tell(String kind, String detail);
}
