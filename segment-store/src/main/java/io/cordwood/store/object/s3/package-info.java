/**
 * An object store in a bucket that speaks the S3 protocol; the only package that knows the AWS SDK.
 *
 * <p>Two clients share one pool of connections: writes that happen only if the object is absent go
 * through the one that makes a single attempt, all else through the one that retries. That is a
 * matter of correctness: a client that retries such a write is told by its second attempt that the
 * object exists, when it was its own first attempt that made it.
 *
 * <p>What an answer proves is decided in one place, {@link io.cordwood.store.object.s3.S3Verdict};
 * what it does not prove is an unknown outcome. Uses no conditional multipart uploads, no
 * conditional deletes, no ETags but to name the parts of an upload, and no checksums of the server,
 * on all of which S3-compatible stores disagree. Directory buckets (S3 Express One Zone) are not
 * supported: they list in no order.
 */
@NullMarked
package io.cordwood.store.object.s3;

import org.jspecify.annotations.NullMarked;
