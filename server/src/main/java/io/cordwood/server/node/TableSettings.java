package io.cordwood.server.node;

import io.cordwood.iceberg.table.BucketUri;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.server.settings.ServerSettings.BucketLocation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a node publishes the history of topics as tables.
 *
 * @param bucket where other engines find the bucket
 * @param pause between two looks for history that is in no table
 * @param defaults how other engines reach it, by names that Iceberg has for it
 */
public record TableSettings(BucketUri bucket, Duration pause, Map<String, String> defaults) {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    public TableSettings {
        defaults = Map.copyOf(defaults);
    }

    /** What the settings of a server mean for its tables. */
    public static TableSettings of(ServerSettings settings) {
        return switch (settings.bucket()) {
            case BucketLocation.Folder folder -> new TableSettings(
                    BucketUri.folder(folder.path()), PAUSE, Map.of());
            case BucketLocation.S3 s3 -> new TableSettings(
                    BucketUri.s3(s3.bucket(), s3.prefix()), PAUSE, s3(settings.s3()));
        };
    }

    /** The same with another pause. */
    public TableSettings withPause(Duration other) {
        return new TableSettings(bucket, other, defaults);
    }

    private static Map<String, String> s3(ServerSettings.S3Access access) {
        Map<String, String> properties = new LinkedHashMap<>();
        access.endpoint().ifPresent(
                endpoint -> properties.put("s3.endpoint", endpoint.toString()));
        access.region().ifPresent(region -> properties.put("client.region", region));
        if (access.pathStyle()) {
            properties.put("s3.path-style-access", "true");
        }
        return properties;
    }
}
