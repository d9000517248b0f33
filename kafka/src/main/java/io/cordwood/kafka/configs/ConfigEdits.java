package io.cordwood.kafka.configs;

import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.state.ManifestState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.protocol.Errors;

/** Applies edits to the settings of a resource, as they are in a state. */
record ConfigEdits(ManifestState state, Resource resource) {

    /**
     * The settings after the edits.
     *
     * @throws org.apache.kafka.common.errors.ApiException when a setting is unknown, a value is not
     *         one that it may have, or an edit makes no sense
     */
    Configs apply(List<ConfigEdit> edits) {
        TreeMap<String, String> values = new TreeMap<>(resource.configs(state).values());
        Set<String> edited = new HashSet<>();
        for (ConfigEdit edit : edits) {
            if (!edited.add(edit.name())) {
                throw Errors.INVALID_REQUEST.exception("Error due to duplicate config keys: "
                        + edit.name());
            }
            apply(edit, values);
        }
        return checked(Configs.of(values));
    }

    /** These settings, and no others. */
    Configs replace(TreeMap<String, String> values) {
        return checked(Configs.of(values));
    }

    private void apply(ConfigEdit edit, TreeMap<String, String> values) {
        resource.schema().known(edit.name());
        switch (edit) {
            case ConfigEdit.Set set -> values.put(set.name(), set.value());
            case ConfigEdit.Delete delete -> values.remove(delete.name());
            case ConfigEdit.Append append -> {
                List<String> members = members(append);
                Schema.parts(append.members()).stream()
                        .filter(member -> !members.contains(member)).forEach(members::add);
                values.put(append.name(), String.join(",", members));
            }
            case ConfigEdit.Subtract subtract -> {
                List<String> members = members(subtract);
                members.removeAll(Schema.parts(subtract.members()));
                values.put(subtract.name(), String.join(",", members));
            }
        }
    }

    private List<String> members(ConfigEdit edit) {
        if (!resource.schema().isList(edit.name())) {
            throw Errors.INVALID_CONFIG.exception("Can't append to or subtract from key "
                    + edit.name() + " because its type is not LIST.");
        }
        return new ArrayList<>(Schema.parts(
                Origins.of(state, resource).value(edit.name()).orElse("")));
    }

    private Configs checked(Configs configs) {
        resource.schema().check(configs);
        return configs;
    }
}
