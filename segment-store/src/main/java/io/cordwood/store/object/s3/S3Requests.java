package io.cordwood.store.object.s3;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Words the port's questions as requests of S3, each with the time it may take. */
final class S3Requests {

    private final S3Settings settings;
    private final String prefix;

    S3Requests(S3Settings settings) {
        this.settings = settings;
        this.prefix = settings.prefix().isEmpty() ? "" : settings.prefix() + "/";
    }

    /** The name in the bucket of what has that name in the store. */
    String inBucket(String name) {
        return prefix + name;
    }

    /** The name in the store of what has that name in the bucket. */
    String inStore(String name) {
        return name.substring(prefix.length());
    }

    PutObjectRequest put(ObjectKey key, Bytes bytes) {
        return putting(key, bytes).overrideConfiguration(patience(bytes.size())).build();
    }

    PutObjectRequest putIfAbsent(ObjectKey key, Bytes bytes) {
        return putting(key, bytes).ifNoneMatch("*").overrideConfiguration(patience(bytes.size()))
                .build();
    }

    CreateMultipartUploadRequest begin(ObjectKey key) {
        return CreateMultipartUploadRequest.builder().bucket(settings.bucket())
                .key(inBucket(key.value())).checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                .overrideConfiguration(patience(0)).build();
    }

    /**
     * A part of an object.
     *
     * @param number from 1
     * @param checksum of its bytes
     */
    UploadPartRequest part(ObjectKey key, String upload, int number, Bytes bytes,
            String checksum) {
        return UploadPartRequest.builder().bucket(settings.bucket()).key(inBucket(key.value()))
                .uploadId(upload).partNumber(number).contentLength((long) bytes.size())
                .checksumCRC32C(checksum).overrideConfiguration(patience(bytes.size()))
                .build();
    }

    /** A part that was uploaded, as the end of the upload names it. */
    static CompletedPart uploaded(int number, String checksum, UploadPartResponse answer) {
        return CompletedPart.builder().partNumber(number).eTag(answer.eTag())
                .checksumCRC32C(checksum).build();
    }

    /**
     * The end of an upload.
     *
     * @param size of the object in bytes: a store may look at all of it before it answers
     */
    CompleteMultipartUploadRequest complete(ObjectKey key, String upload,
            List<CompletedPart> parts, long size) {
        return CompleteMultipartUploadRequest.builder().bucket(settings.bucket())
                .key(inBucket(key.value())).uploadId(upload)
                .multipartUpload(all -> all.parts(parts)).overrideConfiguration(patience(size))
                .build();
    }

    AbortMultipartUploadRequest abort(ObjectKey key, String upload) {
        return AbortMultipartUploadRequest.builder().bucket(settings.bucket())
                .key(inBucket(key.value())).uploadId(upload)
                .overrideConfiguration(patience(0)).build();
    }

    /** The slices as they are, neither joined nor copied. */
    static AsyncRequestBody body(Bytes bytes) {
        return AsyncRequestBody
                .fromRemainingByteBuffersUnsafe(bytes.slices().toArray(ByteBuffer[]::new));
    }

    GetObjectRequest read(ObjectKey key, int sizeMax) {
        return GetObjectRequest.builder().bucket(settings.bucket()).key(inBucket(key.value()))
                .overrideConfiguration(patience(sizeMax)).build();
    }

    GetObjectRequest get(ObjectKey key, ByteRange range) {
        return GetObjectRequest.builder().bucket(settings.bucket()).key(inBucket(key.value()))
                .range("bytes=" + range.position() + "-" + (range.end() - 1))
                .overrideConfiguration(patience(range.length())).build();
    }

    DeleteObjectRequest delete(ObjectKey key) {
        return DeleteObjectRequest.builder().bucket(settings.bucket()).key(inBucket(key.value()))
                .overrideConfiguration(patience(0)).build();
    }

    /**
     * One page of the listing.
     *
     * @param after the name in the bucket after which to begin; empty to begin at the first
     */
    ListObjectsV2Request list(Listing listing, String after) {
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket(settings.bucket()).prefix(inBucket(listing.prefix()))
                .maxKeys(listing.keysMax()).overrideConfiguration(patience(0));
        return after.isEmpty() ? request.build() : request.startAfter(after).build();
    }

    private PutObjectRequest.Builder putting(ObjectKey key, Bytes bytes) {
        return PutObjectRequest.builder().bucket(settings.bucket()).key(inBucket(key.value()))
                .contentLength((long) bytes.size()).checksumCRC32C(checksum(bytes));
    }

    private AwsRequestOverrideConfiguration patience(long bytes) {
        Duration attemptMax = settings.bounds().attemptMax(bytes);
        return AwsRequestOverrideConfiguration.builder().apiCallAttemptTimeout(attemptMax)
                .apiCallTimeout(attemptMax.multipliedBy(settings.bounds().attemptsMax())).build();
    }

    /** The checksum of bytes as a header names it. */
    static String checksum(Bytes bytes) {
        byte[] crc = ByteBuffer.allocate(Integer.BYTES).putInt(bytes.crc32c()).array();
        return Base64.getEncoder().encodeToString(crc);
    }
}
