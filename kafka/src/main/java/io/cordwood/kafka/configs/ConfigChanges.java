package io.cordwood.kafka.configs;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.manifest.commit.ChangeConfigs;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.UnavailableException;
import io.vertx.core.Future;
import java.util.function.Function;

/**
 * Changes the settings of resources. Where somebody else has changed them since they were looked
 * at, they are looked at anew.
 *
 * @param validateOnly whether nothing is changed, and only said whether it could be
 */
record ConfigChanges(KafkaLog log, boolean validateOnly) {

    private static final int TRIES_MAX = 20;

    /**
     * Makes other settings of those that a resource has in a state.
     *
     * @return fails with what is wrong with the others
     */
    Future<Void> change(Resource resource, Function<ManifestState, Configs> change) {
        return change(resource, change, TRIES_MAX);
    }

    private Future<Void> change(Resource resource, Function<ManifestState, Configs> change,
            int triesLeft) {
        if (triesLeft == 0) {
            return Future.failedFuture(new UnavailableException(
                    "others keep changing the same settings: try again later"));
        }
        return Future.succeededFuture().compose(nothing -> {
            ManifestState state = log.state();
            Configs after = change.apply(state);
            return validateOnly
                    ? Future.succeededFuture()
                    : log.propose(new ChangeConfigs(resource.scope(), resource.configs(state),
                            after)).compose(
                                    done -> done
                                            ? Future.succeededFuture()
                                            : change(resource, change, triesLeft - 1));
        });
    }
}
