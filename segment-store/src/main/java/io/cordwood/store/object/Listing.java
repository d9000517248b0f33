package io.cordwood.store.object;

/**
 * A request for one page of keys.
 *
 * @param prefix what the keys begin with; empty for all
 * @param after only keys greater than this are listed; empty to begin at the first
 * @param keysMax the most keys wanted, 1 to 1,000
 */
public record Listing(String prefix, String after, int keysMax) {

    /** The most keys on a page, as in S3. */
    public static final int PAGE_MAX = 1_000;

    public Listing {
        if (keysMax < 1 || keysMax > PAGE_MAX) {
            throw new IllegalArgumentException("1 to 1000 keys a page, not " + keysMax);
        }
    }

    /** The first full page of a prefix. */
    public static Listing of(String prefix) {
        return new Listing(prefix, "", PAGE_MAX);
    }

    /** The page that follows one that ended with the key. */
    public Listing after(ObjectKey last) {
        return new Listing(prefix, last.value(), keysMax);
    }
}
