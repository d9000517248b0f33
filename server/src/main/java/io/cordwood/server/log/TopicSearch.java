package io.cordwood.server.log;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.server.vertx.CallerContext;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds topics by their names. What is not known here may just have been made elsewhere, so the log
 * is asked; whatever the same caller wants of that topic meanwhile waits behind, for it is to be
 * done in the order in which it was asked for. Any thread may use it.
 */
final class TopicSearch {

    private final EventLoop loop;
    private final Follower follower;
    private final Map<Search, Future<TopicState>> searches = new ConcurrentHashMap<>();

    /** Nothing is searched for. */
    TopicSearch(EventLoop loop, Follower follower) {
        this.loop = loop;
        this.follower = follower;
    }

    /**
     * Finds a topic, and does something with it: for each caller in the order of its calls.
     *
     * @return fails with {@link RejectedException} when there is no such topic
     */
    <T> Future<T> find(TopicName name, Function<TopicState, Future<T>> work) {
        CallerContext caller = CallerContext.current();
        Search search = new Search(caller, name);
        Optional<Future<TopicState>> running = Optional.ofNullable(searches.get(search));
        if (running.isPresent()) {
            return running.get().compose(work);
        }
        return follower.state().topic(name).map(work)
                .orElseGet(() -> begin(search, work));
    }

    /** It is over when the work of whoever began it is begun: only then may others go ahead. */
    private <T> Future<T> begin(Search search, Function<TopicState, Future<T>> work) {
        Future<TopicState> found = search.caller().bring(loop.submit(follower::catchUp))
                .compose(fresh -> fresh.topic(search.name()).map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(new RejectedException(
                                Reason.UNKNOWN_TOPIC, "there is no topic " + search.name()))));
        searches.put(search, found);
        Future<T> done = found.compose(work);
        found.onComplete(over -> searches.remove(search));
        return done;
    }

    private record Search(CallerContext caller, TopicName name) {}
}
