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
        Buffer body = Buffer.buffer("[");
        long size = 0;
        for (int i = 0; i < page.records().size(); i++) {
            StoredRecord record = page.records().get(i);
            size += RecordJson.sizeBytes(record);
            if (i > 0 && size > bytesMax) {
                return new PageJson(body.appendString("]"), record.offset());
            }
            byte[] rendered;
            try {
                rendered = json.of(partition, record);
            } catch (RefusedException notJson) {
                if (i == 0) {
                    throw notJson;
                }
                return new PageJson(body.appendString("]"), record.offset());
            }
            body.appendString(i == 0 ? "" : ",").appendBytes(rendered);
        }
        return new PageJson(body.appendString("]"), page.nextOffset());
    }
}
