package io.cordwood.manifest.follow;

import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.log.Moment;
import io.cordwood.manifest.state.Apply;
import io.cordwood.manifest.state.ManifestInvariants;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.Invariant;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies the log as far as it goes. Confined to a loop, but for {@link #state()}.
 *
 * <p>The end of the log is found by asking for the next number until there is none: no listing. A
 * follower that has far to go asks for many numbers at once.
 */
public final class Follower {

    private static final int WINDOW_MAX = 32;

    private final ManifestLog log;
    private final EventLoop loop;
    private final List<ManifestListener> listeners = new ArrayList<>();
    private final Promise<FencedException> fenced = Promise.promise();
    private volatile ManifestState state;
    private Moment headKnown;
    private Optional<Promise<ManifestState>> nextLook = Optional.empty();
    private boolean looking;

    /** A follower that knows the log up to a state. */
    public Follower(ManifestLog log, ManifestState start, EventLoop loop) {
        this.log = log;
        this.state = start;
        this.loop = loop;
        this.headKnown = Moment.NEVER;
    }

    /** The state so far. May be called on any thread, and kept. */
    public ManifestState state() {
        return state;
    }

    /** When it was last certain that no entry followed the state; {@link Moment#NEVER} at first. */
    public Moment headKnown() {
        return headKnown;
    }

    /** Complete when this state has no future, whoever found that out, with what to tell people. */
    public Future<FencedException> fenced() {
        return fenced.future();
    }

    /** From now on the listener is told of every entry. */
    public void listen(ManifestListener listener) {
        listeners.add(listener);
    }

    /**
     * Applies all entries that there are now. Who calls while others are waited for may know of an
     * entry that was not there when those asked: all who call meanwhile share the next look.
     *
     * @return fails with {@link FencedException} when entries that were not
     *         applied here may have been deleted: then this state has no future
     */
    public Future<ManifestState> catchUp() {
        Invariant.check(loop.isCurrent(), "a follower is used on its loop");
        if (!looking) {
            return look(Promise.promise());
        }
        Promise<ManifestState> next = nextLook.orElseGet(Promise::promise);
        nextLook = Optional.of(next);
        return next.future();
    }

    private Future<ManifestState> look(Promise<ManifestState> promise) {
        looking = true;
        promise.future().onComplete(done -> lookAgain()).onFailure(this::judge);
        readOn(state.sequence() + 1, 1, promise);
        return promise.future();
    }

    private void lookAgain() {
        Optional<Promise<ManifestState>> next = nextLook;
        looking = false;
        nextLook = Optional.empty();
        next.ifPresent(this::look);
    }

    /**
     * Applies an entry that this node committed, unless it was read from the log before.
     *
     * @param begun when its writing began: then at the latest nothing followed it
     */
    public void committed(StoredEntry entry, Moment begun) {
        Invariant.check(loop.isCurrent(), "a follower is used on its loop");
        if (entry.entry().sequence() > state.sequence()) {
            ManifestInvariants.anOwnEntryCounts(state, entry.entry());
            apply(entry);
        }
        headKnown = begun;
    }

    /**
     * Applies an entry that another process has seen in the log. Where others are missing before
     * it, they are read.
     *
     * @return fails as catching up does
     */
    public Future<ManifestState> pushed(StoredEntry entry) {
        Invariant.check(loop.isCurrent(), "a follower is used on its loop");
        if (entry.entry().sequence() == state.sequence() + 1) {
            apply(entry);
        }
        return entry.entry().sequence() <= state.sequence()
                ? Future.succeededFuture(state)
                : catchUp();
    }

    private void judge(Throwable failure) {
        if (failure instanceof FencedException reason) {
            fenced.tryComplete(reason);
        }
    }

    private void readOn(long first, int window, Promise<ManifestState> promise) {
        readWindow(first, window).onFailure(promise::fail).onSuccess(more -> {
            if (more) {
                loop.execute(() -> readOn(first, Math.min(window * 2, WINDOW_MAX), promise));
            } else {
                promise.complete(state);
            }
        });
    }

    /**
     * Reads and applies some entries, and says whether more may follow.
     *
     * @param first the first number that was unknown when the catching up began
     */
    private Future<Boolean> readWindow(long first, int window) {
        Moment asked = Moment.now(loop);
        long next = state.sequence() + 1;
        List<Future<Optional<StoredEntry>>> reads = new ArrayList<>(window);
        for (int i = 0; i < window; i++) {
            reads.add(log.read(next + i));
        }
        return Future.all(reads).compose(all -> {
            boolean ends = reads.stream().anyMatch(read -> read.result().isEmpty());
            return next == first || ends
                    ? log.checkNotDeleted(first, headKnown).map(reads)
                    : Future.succeededFuture(reads);
        }).map(checked -> applyWhile(checked, asked));
    }

    /** Applies what was read up to the first gap, and says whether there was none. */
    private boolean applyWhile(List<Future<Optional<StoredEntry>>> reads, Moment asked) {
        for (Future<Optional<StoredEntry>> read : reads) {
            if (read.result().isEmpty()) {
                headKnown = asked;
                return false;
            }
            StoredEntry entry = read.result().get();
            if (entry.entry().sequence() > state.sequence()) {
                apply(entry);
            }
        }
        return true;
    }

    private void apply(StoredEntry entry) {
        state = Apply.apply(state, entry);
        listeners.forEach(listener -> listener.applied(entry, state));
    }
}
