package quantum.venue;

/** What of the exchange's limit of requests is used in its current window, and what the window allows, in its own unit. */
public record Load(long used, long limit) {}
