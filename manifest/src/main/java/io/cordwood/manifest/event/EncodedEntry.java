package io.cordwood.manifest.event;

import io.cordwood.store.object.Bytes;

/**
 * An entry and the bytes of its object.
 *
 * @param inlinePosition where the inline part begins in the object
 */
public record EncodedEntry(ManifestEntry entry, Bytes bytes, int inlinePosition) {}
