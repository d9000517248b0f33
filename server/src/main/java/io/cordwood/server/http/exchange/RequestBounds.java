package io.cordwood.server.http.exchange;

import java.time.Duration;

/**
 * How much of a request is taken into memory.
 *
 * @param sizeMaxBytes bytes of a body at most
 * @param itemsMax records and headers of records in one request at most
 * @param waitMax how long a body may take to arrive, once there is room for it
 */
public record RequestBounds(int sizeMaxBytes, int itemsMax, Duration waitMax) {

    /** 8 MiB, 20,000 records and headers, one minute. */
    public static final RequestBounds STANDARD = new RequestBounds(8 << 20, 20_000,
            Duration.ofMinutes(1));

    /** The shortest JSON that becomes an object on the heap: an empty record and its comma. */
    private static final int ITEM_SIZE_MIN_BYTES = 3;

    /**
     * What a record or a header weighs on the heap beside its share of the body: measured 60 bytes
     * for an empty record, 171 for a header, 252 for a record with a short key and value.
     */
    private static final int ITEM_WEIGHT_BYTES = 256;

    public RequestBounds {
        if (sizeMaxBytes <= 0 || itemsMax <= 0 || !waitMax.isPositive()) {
            throw new IllegalArgumentException("a request has room for something");
        }
    }

    /**
     * The most memory that a body can take while it is worked on.
     *
     * <p>A body is held once as it came and, at worst, is decoded once more: base64 becomes three
     * quarters of its length, a JSON string passes through a buffer of two bytes a character.
     * Embedded JSON is a view of the body and costs nothing more. To this comes the weight of the
     * objects, which for tiny records is many times that of the bytes: hence the bound on their
     * number.
     */
    long costBytes(long bodyBytes) {
        long items = Math.min(bodyBytes / ITEM_SIZE_MIN_BYTES, itemsMax);
        return 3 * bodyBytes + items * ITEM_WEIGHT_BYTES;
    }

    /**
     * The most memory that a body takes from when its records are known until they are answered: as
     * it came, decoded, and the objects that there really are.
     *
     * @param items records and headers in it
     */
    public long parsedCostBytes(long bodyBytes, int items) {
        return 2 * bodyBytes + (long) items * ITEM_WEIGHT_BYTES;
    }

    /** Throws unless there may be this many records and headers in a request. */
    public void checkItems(int items) {
        if (items > itemsMax) {
            throw new RefusedException(ErrorCode.REQUEST_TOO_LARGE,
                    "a request holds at most " + itemsMax
                            + " records and headers: send the rest in another one");
        }
    }

    RefusedException tooLarge() {
        return new RefusedException(ErrorCode.REQUEST_TOO_LARGE,
                "a body has at most " + sizeMaxBytes
                        + " bytes: send the records in several requests");
    }
}
