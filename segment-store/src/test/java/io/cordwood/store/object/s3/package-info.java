/**
 * Tests of the S3 store against a server in this process, with a connection that breaks when it is
 * told to.
 */
@NullMarked
package io.cordwood.store.object.s3;

import org.jspecify.annotations.NullMarked;
