package io.cordwood.store.object.s3;

import io.cordwood.runtime.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/**
 * The two clients of the SDK, over one pool of connections.
 *
 * <p>Bodies go over the wire as they are, with a checksum that we compute ourselves: some stores
 * refuse or even store the SDK's chunked framing and its trailing checksums. The multipart and CRT
 * clients of the SDK are not used, because they retry and split writes on their own.
 */
final class S3Clients implements AutoCloseable {

    private final S3Identity identity;
    private final SdkAsyncHttpClient http;
    private final S3AsyncClient once;
    private final S3AsyncClient repeating;

    S3Clients(S3Settings settings, Region region, S3Identity identity) {
        S3Settings.Bounds bounds = settings.bounds();
        this.identity = identity;
        this.http = AwsCrtAsyncHttpClient.builder().maxConcurrency(bounds.connectionsMax())
                .connectionTimeout(bounds.connectMax())
                .connectionHealthConfiguration(health -> health.minimumThroughputInBps(1L)
                        .minimumThroughputTimeout(stallMax(bounds)))
                .build();
        this.once = client(settings, region, 1);
        this.repeating = client(settings, region, bounds.attemptsMax());
    }

    /** Finds region and credentials, which may block, and builds the clients. */
    static S3Clients open(S3Settings settings) {
        Region region = region(settings.endpoint());
        S3Identity identity = S3Identity.of(settings.accessKey());
        try {
            identity.resolveCredentials();
        } catch (UnavailableException none) {
            identity.close();
            throw none;
        }
        return new S3Clients(settings, region, identity);
    }

    /** Makes a single attempt at each request. */
    S3AsyncClient once() {
        return once;
    }

    /** Repeats requests that fail for a reason that may pass. */
    S3AsyncClient repeating() {
        return repeating;
    }

    @Override
    public void close() {
        once.close();
        repeating.close();
        http.close();
        identity.close();
    }

    private S3AsyncClient client(S3Settings settings, Region region, int attemptsMax) {
        S3AsyncClientBuilder client = S3AsyncClient.builder().httpClient(http).region(region)
                .credentialsProvider(identity)
                .forcePathStyle(settings.endpoint().addressing() == S3Settings.Addressing.PATH)
                .serviceConfiguration(
                        s3 -> s3.chunkedEncodingEnabled(false).expectContinueEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(
                        all -> all.retryStrategy(retries -> retries.maxAttempts(attemptsMax)));
        settings.endpoint().uri().ifPresent(client::endpointOverride);
        return client.build();
    }

    /**
     * How long a connection may be silent while a request waits; the client wants two seconds at
     * least.
     */
    private static Duration stallMax(S3Settings.Bounds bounds) {
        return Duration.ofSeconds(Math.max(2, bounds.attemptMax().toSeconds()));
    }

    private static Region region(S3Settings.Endpoint endpoint) {
        if (endpoint.region().isPresent()) {
            return Region.of(endpoint.region().get());
        }
        Optional<Region> found = found(endpoint.uri().isPresent()
                ? new AwsRegionProviderChain(new SystemSettingsRegionProvider(),
                        new AwsProfileRegionProvider())
                : new DefaultAwsRegionProviderChain());
        if (found.isEmpty() && endpoint.uri().isEmpty()) {
            throw new UnavailableException("the region of the bucket is not known: set AWS_REGION");
        }
        return found.orElse(Region.US_EAST_1);
    }

    private static Optional<Region> found(AwsRegionProvider provider) {
        try {
            return Optional.ofNullable(provider.getRegion());
        } catch (SdkException none) {
            return Optional.empty();
        }
    }
}
