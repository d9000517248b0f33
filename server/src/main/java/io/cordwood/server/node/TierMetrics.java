package io.cordwood.server.node;

import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Tier;
import io.cordwood.manifest.state.TierSizes;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.server.observe.Metrics;
import io.cordwood.server.observe.Metrics.LabelledValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a node shows of where the records of topics are. */
final class TierMetrics {

    private TierMetrics() {}

    static void register(Metrics metrics, Follower follower) {
        metrics.gauges("cordwood.log.runs", "Runs of a topic, by tier",
                () -> values(follower.state(), TierSizes.Size::runs));
        metrics.gauges("cordwood.log.bytes", "Bytes of a topic in the bucket, by tier",
                () -> values(follower.state(), TierSizes.Size::bytes));
        metrics.gauge("cordwood.log.garbage.objects",
                "Segments and history files that nobody needs and that are still there", follower,
                source -> source.state().references().garbageCount());
    }

    private static List<LabelledValue> values(ManifestState state,
            ToDoubleFunction<TierSizes.Size> value) {
        List<LabelledValue> values = new ArrayList<>();
        for (TopicState topic : state.topics()) {
            TierSizes sizes = topic.sizes();
            for (Tier tier : Tier.values()) {
                values.add(new LabelledValue(Map.of("topic", topic.name().value(), "tier",
                        tier.name().toLowerCase(Locale.ROOT)),
                        value.applyAsDouble(sizes.of(tier))));
            }
        }
        return values;
    }
}
