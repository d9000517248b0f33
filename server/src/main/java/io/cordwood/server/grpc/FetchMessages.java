package io.cordwood.server.grpc;

import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.log.RecordPage;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RecordHeader;
import io.cordwood.store.batch.StoredRecord;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A page of records, cut into messages when they are asked for. A message has about
 * {@value #MESSAGE_BYTES} bytes of records, or one record that is larger.
 */
final class FetchMessages implements Iterator<FetchResponse> {

    private static final int MESSAGE_BYTES = 256 << 10;

    private final RecordPage page;
    private final List<StoredRecord> records;
    private boolean emptyWanted;
    private int sent;

    private FetchMessages(RecordPage page, long endOffset, boolean emptyWanted) {
        this.page = page;
        this.records = page.records().stream().takeWhile(record -> record.offset() < endOffset)
                .toList();
        this.emptyWanted = emptyWanted;
    }

    /** The messages of a page, without what lies at or beyond the end. */
    static Iterator<FetchResponse> of(RecordPage page, long endOffset) {
        return new FetchMessages(page, endOffset, false);
    }

    /** The same, but for one message at least. */
    static Iterator<FetchResponse> first(RecordPage page, long endOffset) {
        return new FetchMessages(page, endOffset, true);
    }

    @Override
    public boolean hasNext() {
        return emptyWanted || sent < records.size();
    }

    @Override
    public FetchResponse next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all messages of the page were taken");
        }
        emptyWanted = false;
        FetchResponse.Builder message = FetchResponse.newBuilder()
                .setStartOffset(page.range().start()).setEndOffset(page.range().end());
        long bytes = 0;
        while (sent < records.size()
                && (bytes == 0 || bytes + size(records.get(sent)) <= MESSAGE_BYTES)) {
            StoredRecord record = records.get(sent++);
            bytes += size(record);
            message.addRecords(Records.toProto(record));
        }
        return message.setNextOffset(nextOffset()).build();
    }

    private long nextOffset() {
        return sent < records.size() ? records.get(sent).offset() : page.nextOffset();
    }

    private static long size(StoredRecord stored) {
        LogRecord record = stored.record();
        long bytes = 32L + size(record.key()) + size(record.value());
        for (RecordHeader header : record.headers()) {
            bytes += 8L + header.key().length() + size(header.value());
        }
        return bytes;
    }

    private static int size(Optional<ByteBuffer> bytes) {
        return bytes.map(ByteBuffer::remaining).orElse(0);
    }
}
