package io.cordwood.iceberg;

/**
 * What a publisher has done since it was made.
 *
 * @param versions versions of tables that were published
 * @param bytes of what was written for them
 * @param failures versions that were not published, and are tried again
 */
public record PublisherStatistics(long versions, long bytes, long failures) {

    static final PublisherStatistics NONE = new PublisherStatistics(0, 0, 0);

    PublisherStatistics withVersion(long size) {
        return new PublisherStatistics(versions + 1, bytes + size, failures);
    }

    PublisherStatistics withFailure() {
        return new PublisherStatistics(versions, bytes, failures + 1);
    }
}
