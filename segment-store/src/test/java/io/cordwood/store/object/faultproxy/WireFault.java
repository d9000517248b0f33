package io.cordwood.store.object.faultproxy;

import java.time.Duration;

/** What happens to one request on the wire. */
public sealed interface WireFault {

    /** Request and answer pass. */
    record Pass() implements WireFault {}

    /** It waits, then suffers the other fault. */
    record Delayed(Duration delay, WireFault then) implements WireFault {}

    /** Request and answer pass slowly. */
    record Slow(long bytesPerSecond) implements WireFault {}

    /** The server never sees it; the client is answered with the status. */
    record Rejected(int status) implements WireFault {}

    /** The connection breaks before the server sees it. */
    record ResetBefore() implements WireFault {}

    /** The connection breaks when the server has seen so many bytes of the body. */
    record ResetWithin(long bytes) implements WireFault {}

    /** The server does it; the client is answered with the status. */
    record LandedThenStatus(int status) implements WireFault {}

    /** The server does it, then the connection breaks. */
    record LandedThenReset() implements WireFault {}

    /** The server does it, and the client is never answered. */
    record LandedThenHang() implements WireFault {}

    /** Only so many bytes of the answer's body pass, then the connection ends. */
    record Truncated(long bytes, Ending ending) implements WireFault {}

    /** How a connection ends. */
    enum Ending {
        /** In good order, as if all had been said. */
        CLOSED,
        /** Broken off. */
        RESET
    }
}
