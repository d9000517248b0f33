/**
 * An S3-compatible server for tests, in this process and in one of its own. It listens on the
 * loopback only. What it does not do as AWS does: a key cannot be another's folder, and a listing
 * is not consistent with writes that run meanwhile.
 */
@NullMarked
package io.cordwood.store.object.s3server;

import org.jspecify.annotations.NullMarked;
