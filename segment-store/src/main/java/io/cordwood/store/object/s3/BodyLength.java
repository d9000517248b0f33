package io.cordwood.store.object.s3;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectKey;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** How many bytes of body an answer announces, checked before any memory is taken for them. */
@FunctionalInterface
interface BodyLength {

    /** The length in bytes; throws where the answer is not one to the question. */
    int of(GetObjectResponse answer);

    /** Of a whole object that must not be larger. */
    static BodyLength whole(ObjectKey key, int sizeMax) {
        return answer -> {
            long length = announced(key, answer);
            if (length > sizeMax) {
                throw new CorruptException(
                        key + " has " + length + " bytes, more than the " + sizeMax
                                + " that it may have");
            }
            return (int) length;
        };
    }

    /**
     * Of a part. A store that ignores the range sends the whole object, which may do just as well.
     */
    static BodyLength part(ObjectKey key, ByteRange range) {
        return answer -> {
            long length = announced(key, answer);
            Optional<String> sent = Optional.ofNullable(answer.contentRange());
            if (sent.isEmpty() && length <= range.position()) {
                throw new MissingObjectException(
                        key + " ends at " + length + ", before byte " + range.position());
            }
            boolean begins = sent.map(part -> part.startsWith("bytes " + range.position() + "-"))
                    .orElse(range.position() == 0);
            if (!begins || length > range.length()) {
                throw new UnavailableException("the store was asked for " + range + " of " + key
                        + " and sent " + sent.orElse("all " + length + " bytes")
                        + ": check what stands between it and this machine");
            }
            return (int) length;
        };
    }

    private static long announced(ObjectKey key, GetObjectResponse answer) {
        Long length = answer.contentLength();
        if (length == null) {
            throw new UnavailableException("the store did not announce the length of " + key
                    + ": check what stands between it and this machine");
        }
        return length;
    }
}
