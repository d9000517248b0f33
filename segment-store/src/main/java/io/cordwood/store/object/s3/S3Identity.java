package io.cordwood.store.object.s3;

import io.cordwood.runtime.UnavailableException;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Who we are to the store. That there are no credentials is known before anything is sent, and its
 * own kind of failure here keeps it from being taken for an unknown outcome.
 */
final class S3Identity implements AwsCredentialsProvider, AutoCloseable {

    private final AwsCredentialsProvider source;

    S3Identity(AwsCredentialsProvider source) {
        this.source = source;
    }

    /**
     * The credentials that are given, or else whatever the SDK finds, renewed in the background.
     */
    static S3Identity of(Optional<S3Settings.AccessKey> given) {
        return new S3Identity(given.<AwsCredentialsProvider>map(
                key -> StaticCredentialsProvider
                        .create(AwsBasicCredentials.create(key.id(), key.secret())))
                .orElseGet(() -> DefaultCredentialsProvider.builder()
                        .asyncCredentialUpdateEnabled(true).build()));
    }

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return source.resolveCredentials();
        } catch (SdkException none) {
            throw new UnavailableException("no credentials for S3: set AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY, or a profile, or give this machine a role", none);
        }
    }

    @Override
    public void close() {
        if (source instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }
}
