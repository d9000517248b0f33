package io.cordwood.ingest;

import io.cordwood.ingest.wal.WalStatistics;
import io.cordwood.store.segment.Segment;
import java.util.concurrent.atomic.LongAdder;

/** Counts what ingest does. Written on its loop, read on any thread. */
final class Tally {

    private final LongAdder sealsBySize = new LongAdder();
    private final LongAdder sealsByPace = new LongAdder();
    private final LongAdder sealsByLull = new LongAdder();
    private final LongAdder sealsByClosing = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder recordBytes = new LongAdder();
    private final LongAdder inline = new LongAdder();
    private final LongAdder inlineBytes = new LongAdder();
    private final LongAdder uploaded = new LongAdder();
    private final LongAdder uploadedBytes = new LongAdder();
    private final LongAdder uploadRetries = new LongAdder();
    private final LongAdder recovered = new LongAdder();
    private volatile long heldBytes;
    private volatile int open;
    private volatile IngestStatistics.Segments delivering = new IngestStatistics.Segments(0, 0, 0,
            0);

    void held(long bytes) {
        heldBytes = bytes;
    }

    void opened() {
        open = 1;
    }

    void sealed(SealCause cause) {
        open = 0;
        switch (cause) {
            case SIZE -> sealsBySize.increment();
            case PACE -> sealsByPace.increment();
            case LULL -> sealsByLull.increment();
            case CLOSING -> sealsByClosing.increment();
        }
    }

    void delivering(int sealed, int uploading, int committing) {
        delivering = new IngestStatistics.Segments(0, sealed, uploading, committing);
    }

    void acknowledged(PendingAppend.Size size) {
        records.add(size.records());
        recordBytes.add(size.bytes());
    }

    void committedInline(Segment segment) {
        inline.increment();
        inlineBytes.add(segment.bytes().size());
    }

    void uploaded(Segment segment) {
        uploaded.increment();
        uploadedBytes.add(segment.bytes().size());
    }

    void uploadFailed() {
        uploadRetries.increment();
    }

    void recovered() {
        recovered.increment();
    }

    IngestStatistics statistics(WalStatistics wal) {
        IngestStatistics.Segments now = delivering;
        return new IngestStatistics(heldBytes,
                new IngestStatistics.Segments(open, now.sealed(), now.uploading(),
                        now.committing()),
                new IngestStatistics.Seals(sealsBySize.sum(), sealsByPace.sum(),
                        sealsByLull.sum(),
                        sealsByClosing.sum()),
                new IngestStatistics.Deliveries(inline.sum(), inlineBytes.sum(), uploaded.sum(),
                        uploadedBytes.sum(), uploadRetries.sum()),
                new IngestStatistics.Acks(records.sum(), recordBytes.sum()),
                recovered.sum(), wal);
    }
}
