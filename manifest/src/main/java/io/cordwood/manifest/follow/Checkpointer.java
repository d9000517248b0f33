package io.cordwood.manifest.follow;

import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.log.Checkpoints;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.EventLoop;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a checkpoint written whenever enough entries or bytes followed the last, so that a start
 * reads no more than that. Only the committer writes; it would do no harm if others did.
 */
public final class Checkpointer implements ManifestListener {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private final Checkpoints checkpoints;
    private final EventLoop loop;
    private final BooleanSupplier mayWrite;
    private final Pace pace;
    private long entries;
    private long bytes;
    private boolean writing;

    /**
     * A checkpointer.
     *
     * @param mayWrite whether this process is the committer
     */
    public Checkpointer(Checkpoints checkpoints, EventLoop loop, BooleanSupplier mayWrite,
            Pace pace) {
        this.checkpoints = checkpoints;
        this.loop = loop;
        this.mayWrite = mayWrite;
        this.pace = pace;
    }

    @Override
    public void applied(StoredEntry entry, ManifestState state) {
        entries++;
        bytes += entry.size();
        if (!writing && mayWrite.getAsBoolean() && pace.isDue(entries, bytes)) {
            write(state);
        }
    }

    private void write(ManifestState state) {
        writing = true;
        entries = 0;
        bytes = 0;
        loop.confine(checkpoints.write(state)).onComplete(done -> {
            writing = false;
            if (done.succeeded()) {
                LOG.info("Wrote checkpoint {}", state.sequence());
            } else {
                LOG.warn("Checkpoint {} was not written, the next one will be: {}",
                        state.sequence(), done.cause().toString());
            }
        });
    }

    /** When a checkpoint is due: after so many entries, or so many bytes of them. */
    public record Pace(long entriesMax, long bytesMax) {

        /** What is read at a start within a second or two. */
        public static final Pace STANDARD = new Pace(1_000, 64 << 20);

        boolean isDue(long entries, long bytes) {
            return entries >= entriesMax || bytes >= bytesMax;
        }
    }
}
