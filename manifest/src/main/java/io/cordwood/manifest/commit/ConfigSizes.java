package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.Configs;
import java.util.Collection;

/** How many bytes settings take in an entry. */
final class ConfigSizes {

    /** What a name or a value takes beside its characters. */
    private static final int TEXT_SIZE_MAX = 8;

    private static final int CHARACTER_SIZE_MAX = 3;

    private ConfigSizes() {}

    static int sizeMax(Configs configs) {
        return CHARACTER_SIZE_MAX * configs.size()
                + 3 * TEXT_SIZE_MAX * configs.values().size();
    }

    static int sizeMax(Collection<String> names) {
        return names.stream()
                .mapToInt(name -> CHARACTER_SIZE_MAX * name.length() + TEXT_SIZE_MAX).sum();
    }
}
