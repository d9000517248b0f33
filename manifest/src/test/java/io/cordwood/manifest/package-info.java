/**
 * What everybody needs who tests on a manifest: {@link io.cordwood.manifest.ManifestFixture}, one
 * process on a bucket, and faults that strike in a given order.
 */
@NullMarked
package io.cordwood.manifest;

import org.jspecify.annotations.NullMarked;
