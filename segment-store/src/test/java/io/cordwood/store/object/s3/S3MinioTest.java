package io.cordwood.store.object.s3;

import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.ObjectStoreContract;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import software.amazon.awssdk.regions.Region;

/** The contract on MinIO, where there is Docker. */
@Testcontainers(disabledWithoutDocker = true)
class S3MinioTest implements ObjectStoreContract {

    private static final String BUCKET = "cordwood";

    @Container
    private static final MinIOContainer MINIO = new MinIOContainer(
            "minio/minio:RELEASE.2025-09-07T16-13-09Z");

    private S3ObjectStore store;

    @BeforeEach
    void open() {
        S3Settings settings = S3Settings.of(BUCKET, UUID.randomUUID().toString())
                .withEndpoint(S3Settings.Endpoint.at(URI.create(MINIO.getS3URL())))
                .withAccessKey(new S3Settings.AccessKey(MINIO.getUserName(), MINIO.getPassword()));
        S3Clients clients = new S3Clients(settings, Region.US_EAST_1,
                S3Identity.of(settings.accessKey()));
        clients.repeating().createBucket(bucket -> bucket.bucket(BUCKET))
                .exceptionally(exists -> null)
                .join();
        store = new S3ObjectStore(settings, clients);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public ObjectStore store() {
        return store;
    }
}
