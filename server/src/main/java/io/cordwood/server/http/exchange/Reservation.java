package io.cordwood.server.http.exchange;

import io.cordwood.server.log.RecordLog;

/** The log's memory that is taken for one request. Confined to the request's context. */
public final class Reservation {

    private final RecordLog log;
    private long bytes;

    /** So many bytes that were reserved. */
    Reservation(RecordLog log, long bytes) {
        this.log = log;
        this.bytes = bytes;
    }

    /** Gives back what is more than so many bytes. */
    public void shrinkTo(long bytesMax) {
        if (bytesMax < bytes) {
            log.release(bytes - bytesMax);
            bytes = bytesMax;
        }
    }
}
