package io.cordwood.server.http.v2;

import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.log.RecordPage;
import io.cordwood.store.batch.StoredRecord;
import io.vertx.core.buffer.Buffer;

/**
 * Records as a JSON array.
 *
 * @param body the array
 * @param nextOffset where to go on reading: after the last record in the array
 */
public record PageJson(Buffer body, long nextOffset) {

    /**
     * Renders as many of the page's records as fit, at least one if there is any.
     *
     * <p>In the format {@link EmbeddedFormat#JSON} the array ends before a record that is not JSON.
     * Only who goes on reading at that record is refused, so that all records before it can be
     * read.
     *
     * @param bytesMax of keys, values and headers before they are embedded
     * @throws RefusedException if the first record cannot be rendered
     */
    public static PageJson render(RecordPage page, int partition, RecordJson json, int bytesMax) {
        JsonBytes body = new JsonBytes(sizeEstimate(page, bytesMax)).ascii("[");
        long size = 0;
        for (int i = 0; i < page.records().size(); i++) {
            StoredRecord record = page.records().get(i);
            size += RecordJson.sizeBytes(record);
            if (i > 0 && size > bytesMax) {
                return until(record.offset(), body);
            }
            int before = body.length();
            try {
                json.write(partition, record, body.ascii(i == 0 ? "" : ","));
            } catch (RefusedException notJson) {
                if (i == 0) {
                    throw notJson;
                }
                body.cutTo(before);
                return until(record.offset(), body);
            }
        }
        return until(page.nextOffset(), body);
    }

    /** About how many bytes those records take that fit. */
    private static int sizeEstimate(RecordPage page, int bytesMax) {
        long size = 0;
        long estimate = 0;
        for (StoredRecord record : page.records()) {
            size += RecordJson.sizeBytes(record);
            if (estimate > 0 && size > bytesMax) {
                break;
            }
            estimate += RecordJson.sizeEstimate(record);
        }
        return Math.toIntExact(estimate);
    }

    private static PageJson until(long nextOffset, JsonBytes body) {
        return new PageJson(body.ascii("]").toBuffer(), nextOffset);
    }
}
