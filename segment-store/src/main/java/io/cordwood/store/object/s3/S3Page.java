package io.cordwood.store.object.s3;

import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Reads a page of a listing. What others put into the bucket under names that are no keys is
 * skipped.
 */
final class S3Page {

    private S3Page() {}

    static ObjectPage of(ListObjectsV2Response answer, S3Requests names) {
        List<ObjectPage.Entry> objects = new ArrayList<>();
        for (S3Object object : answer.contents()) {
            key(names.inStore(object.key())).ifPresent(key -> objects
                    .add(new ObjectPage.Entry(key, object.size(), object.lastModified())));
        }
        return new ObjectPage(objects, !Boolean.TRUE.equals(answer.isTruncated()));
    }

    private static Optional<ObjectKey> key(String name) {
        try {
            return Optional.of(new ObjectKey(name));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
