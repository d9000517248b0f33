package io.cordwood.server.settings;

import io.cordwood.cache.CacheSettings;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.event.NodeRole;
import io.cordwood.server.settings.ServerSettings.BucketLocation;
import io.cordwood.server.settings.ServerSettings.Cluster;
import io.cordwood.server.settings.ServerSettings.Kafka;
import io.cordwood.server.settings.ServerSettings.LogFormat;
import io.cordwood.server.settings.ServerSettings.S3Access;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the text of settings into what they mean. Every value that means nothing is a problem. */
final class SettingsReader {

    private static final String AUTO = "auto";
    private static final long REQUEST_SIZE_MIN = 64 << 10;
    private static final long REQUEST_SIZE_MAX = 64 << 20;
    private static final Duration DURATION_MAX = Duration.ofDays(1);
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(|B|KiB|MiB|GiB|TiB)");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h)");
    private static final Pattern S3 = Pattern
            .compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/?(.*)");

    private final Map<Setting, SettingsSources.Value> values;
    private final List<String> problems;

    SettingsReader(Map<Setting, SettingsSources.Value> values, List<String> problems) {
        this.values = values;
        this.problems = problems;
    }

    ServerSettings read(long heapBytes) {
        return new ServerSettings(
                read(Setting.BUCKET, SettingsReader::bucket),
                read(Setting.LOCAL, SettingsReader::path),
                read(Setting.HTTP, HostPort::parse),
                new Kafka(read(Setting.KAFKA, HostPort::parse),
                        read(Setting.KAFKA_ADVERTISED, SettingsReader::address),
                        read(Setting.KAFKA_AUTO_CREATE_TOPICS, SettingsReader::trueOrFalse)),
                new Cluster(read(Setting.CLUSTER, HostPort::parse),
                        read(Setting.CLUSTER_ADVERTISED, SettingsReader::address),
                        read(Setting.NODE_NAME, SettingsReader::name),
                        read(Setting.NODE_ZONE, SettingsReader::name),
                        read(Setting.NODE_ROLES, SettingsReader::roles)),
                new S3Access(read(Setting.S3_ENDPOINT, SettingsReader::endpoint),
                        read(Setting.S3_REGION, SettingsReader::text),
                        read(Setting.S3_PATH_STYLE, SettingsReader::trueOrFalse)),
                read(Setting.FLUSH_INTERVAL, SettingsReader::duration),
                new ServerSettings.Sizes(
                        read(Setting.BUFFER_SIZE, sizeOr(heapBytes / 4)),
                        read(Setting.REQUEST_SIZE, SettingsReader::requestSize),
                        read(Setting.CACHE_MEMORY, sizeOr(heapBytes / 8)),
                        read(Setting.CACHE_DISK, SettingsReader::diskSize),
                        heapBytes / 4, heapBytes / 16, heapBytes / 16, heapBytes / 16),
                read(Setting.LOG_FORMAT, SettingsReader::logFormat));
    }

    /**
     * A value that means nothing is noted, and its default taken, so that the others are read too.
     */
    private <T> T read(Setting setting, Function<String, T> meaning) {
        SettingsSources.Value value = values.getOrDefault(setting,
                new SettingsSources.Value(setting.defaultValue(), "the default"));
        try {
            return meaning.apply(value.text());
        } catch (IllegalArgumentException wrong) {
            problems.add(setting.key() + " is '" + value.text() + "' (from " + value.origin()
                    + "): " + wrong.getMessage());
            return meaning.apply(setting.defaultValue());
        }
    }

    private static BucketLocation bucket(String text) {
        Matcher s3 = S3.matcher(text);
        if (s3.matches()) {
            return new BucketLocation.S3(s3.group(1), strip(s3.group(2)));
        }
        if (text.startsWith("file:") && text.length() > "file:".length()) {
            return new BucketLocation.Folder(path(text.substring("file:".length())));
        }
        throw new IllegalArgumentException("write file:DIR or s3://BUCKET/PREFIX");
    }

    private static String strip(String prefix) {
        int end = prefix.length();
        while (end > 0 && prefix.charAt(end - 1) == '/') {
            end--;
        }
        return prefix.substring(0, end);
    }

    private static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException("not a path", wrong);
        }
    }

    private static Optional<URI> endpoint(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        URI uri = URI.create(text);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (uri.getHost() == null || !http) {
            throw new IllegalArgumentException("write http://HOST:PORT or https://HOST:PORT");
        }
        return Optional.of(uri);
    }

    private static Optional<HostPort> address(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(HostPort.parse(text));
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<String> name(String text) {
        if (!text.isEmpty() && !Member.isName(text)) {
            throw new IllegalArgumentException("write letters, digits and the characters . _ : -,"
                    + " " + Member.NAME_LENGTH_MAX + " at most");
        }
        return text(text);
    }

    private static Set<NodeRole> roles(String text) {
        Set<NodeRole> roles = EnumSet.noneOf(NodeRole.class);
        for (String word : text.split(",", -1)) {
            roles.add(switch (word.strip()) {
                case "ingest" -> NodeRole.INGEST;
                case "query" -> NodeRole.QUERY;
                case "indexer" -> NodeRole.INDEXER;
                default -> throw new IllegalArgumentException(
                        "write one or more of ingest, query and indexer, with commas between");
            });
        }
        return roles;
    }

    private static boolean trueOrFalse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("write true or false");
        };
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        Duration duration = matcher.matches()
                ? duration(Long.parseLong(matcher.group(1)), matcher.group(2))
                : Duration.ZERO;
        if (duration.isZero() || duration.compareTo(DURATION_MAX) > 0) {
            throw new IllegalArgumentException(
                    "write a number and ms, s, m or h, such as 250ms, and a day at most");
        }
        return duration;
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static Function<String, Long> sizeOr(long auto) {
        return text -> text.equals(AUTO) ? auto : size(text);
    }

    private static long size(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "write a number and B, KiB, MiB or GiB, such as 64MiB");
        }
        int power = List.of("B", "KiB", "MiB", "GiB", "TiB")
                .indexOf(size.group(2).isEmpty() ? "B" : size.group(2));
        long count = Long.parseLong(size.group(1));
        if (count > Long.MAX_VALUE >> (10 * power)) {
            throw new IllegalArgumentException("write less: there are no numbers so large");
        }
        return count << (10 * power);
    }

    private static long requestSize(String text) {
        long size = size(text);
        if (size < REQUEST_SIZE_MIN || size > REQUEST_SIZE_MAX) {
            throw new IllegalArgumentException("write 64KiB to 64MiB");
        }
        return size;
    }

    private static long diskSize(String text) {
        long size = size(text);
        if (size > 0 && size < CacheSettings.DISK_BYTES_MIN) {
            throw new IllegalArgumentException("write 0, or at least 16MiB");
        }
        return size;
    }

    private static LogFormat logFormat(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> throw new IllegalArgumentException("write text or json");
        };
    }
}
