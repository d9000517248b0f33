package io.cordwood.manifest.event;

/**
 * An entry as it was read from the log.
 *
 * @param inlinePosition where the inline part begins in the object
 * @param size the length of the object in bytes
 */
public record StoredEntry(ManifestEntry entry, int inlinePosition, int size) {

    /** Whether records are in it. */
    public boolean hasInline() {
        return inlinePosition < size;
    }
}
