package io.cordwood.history.batch;

import java.nio.ByteBuffer;

/**
 * Whole batches, with absolute offsets and leader epoch 0.
 *
 * @param batches at least one
 * @param nextOffset the offset after the last of them
 */
public record RebuiltBatches(ByteBuffer batches, long nextOffset) {

    /** Their bytes. */
    public int size() {
        return batches.remaining();
    }
}
