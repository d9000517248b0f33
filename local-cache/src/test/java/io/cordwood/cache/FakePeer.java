package io.cordwood.cache;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A peer that notes the ranges it is asked for. It can hold its answers back, or give others. */
final class FakePeer implements Peers.Peer {

    private final ObjectStore objects;
    private final List<ByteRange> reads = new ArrayList<>();
    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private UnaryOperator<Future<Bytes>> answering = UnaryOperator.identity();
    private boolean holding;

    /** Reads from a store of its own. */
    FakePeer(ObjectStore objects) {
        this.objects = objects;
    }

    /** The ranges asked for since the last time. */
    List<ByteRange> takeReads() {
        List<ByteRange> taken = List.copyOf(reads);
        reads.clear();
        return taken;
    }

    /** Makes another answer of each that it has. */
    void answer(UnaryOperator<Future<Bytes>> other) {
        answering = other;
    }

    /** Holds back all answers until they are released. */
    void hold() {
        holding = true;
    }

    /** Gives the answers that were held back, and holds none any more. */
    void release() {
        holding = false;
        for (Runnable answer = held.poll(); answer != null; answer = held.poll()) {
            answer.run();
        }
    }

    @Override
    public Future<Bytes> read(ObjectKey object, ByteRange range) {
        reads.add(range);
        Future<Bytes> answer = answering.apply(objects.get(object, range).map(Bytes::of));
        if (!holding) {
            return answer;
        }
        Promise<Bytes> later = Promise.promise();
        held.add(() -> answer.onComplete(later));
        return later.future();
    }
}
