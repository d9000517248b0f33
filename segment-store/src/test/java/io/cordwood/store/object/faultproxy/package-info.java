/**
 * A relay in front of an HTTP/1.1 server on the loopback, which loses, delays, cuts and replaces
 * what goes through it when a policy says so. Bytes that it passes on are not changed, so that
 * signatures stay valid. It knows nothing of S3 but the shape of its errors.
 */
@NullMarked
package io.cordwood.store.object.faultproxy;

import org.jspecify.annotations.NullMarked;
