package io.cordwood.store.object;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A source cut anew into pieces that all have the same size, but the last, which may be shorter.
 * Nothing is copied. A source that is empty has no pieces.
 */
public final class EqualParts implements ByteSource {

    private final ByteSource source;
    private final int partBytes;
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean ended;

    public EqualParts(ByteSource source, int partBytes) {
        if (partBytes <= 0) {
            throw new IllegalArgumentException("a part holds something: " + partBytes);
        }
        this.source = source;
        this.partBytes = partBytes;
    }

    @Override
    public Future<Optional<Bytes>> next() {
        if (ended || waitingBytes >= partBytes) {
            return Future.succeededFuture(
                    waitingBytes == 0 ? Optional.empty() : Optional.of(part()));
        }
        return source.next().compose(piece -> {
            piece.ifPresentOrElse(this::add, () -> ended = true);
            return next();
        });
    }

    private void add(Bytes piece) {
        waiting.addAll(piece.slices());
        waitingBytes += piece.size();
    }

    private Bytes part() {
        List<ByteBuffer> slices = new ArrayList<>();
        int room = (int) Math.min(partBytes, waitingBytes);
        waitingBytes -= room;
        while (room > 0) {
            ByteBuffer first = waiting.removeFirst();
            int taken = Math.min(room, first.remaining());
            slices.add(first.slice(first.position(), taken));
            room -= taken;
            if (taken < first.remaining()) {
                waiting.addFirst(first.position(first.position() + taken));
            }
        }
        return Bytes.of(slices);
    }
}
