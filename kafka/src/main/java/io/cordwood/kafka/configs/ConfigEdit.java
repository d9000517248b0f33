package io.cordwood.kafka.configs;

import java.util.Optional;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** What is to become of a setting. */
sealed interface ConfigEdit {

    /** Of which. */
    String name();

    /** It has that value. */
    record Set(String name, String value) implements ConfigEdit {}

    /** It has no value of its own. */
    record Delete(String name) implements ConfigEdit {}

    /** Its list has these members too. */
    record Append(String name, String members) implements ConfigEdit {}

    /** Its list has these members no more. */
    record Subtract(String name, String members) implements ConfigEdit {}

    /**
     * The edit of a request.
     *
     * @throws org.apache.kafka.common.errors.InvalidRequestException when it is none
     */
    static ConfigEdit of(byte operation, String name, @Nullable String value) {
        return switch (Optional.ofNullable(OpType.forId(operation)).orElseThrow(
                () -> Errors.INVALID_REQUEST.exception("Unknown operation type " + operation))) {
            case SET -> new Set(name, present(name, value));
            case DELETE -> new Delete(name);
            case APPEND -> new Append(name, present(name, value));
            case SUBTRACT -> new Subtract(name, present(name, value));
        };
    }

    /** A value that must be there. */
    static String present(String name, @Nullable String value) {
        return Optional.ofNullable(value).orElseThrow(() -> Errors.INVALID_REQUEST
                .exception("Null value not supported for : " + name));
    }
}
