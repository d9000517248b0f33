/**
 * What every user of the object store port tests with: the contract that all adapters and
 * decorators keep, and decorators that count, delay and break. Chance and time come in from
 * outside, so that what they do can be repeated. They know nothing of any adapter.
 */
@NullMarked
package io.cordwood.store.object;

import org.jspecify.annotations.NullMarked;
