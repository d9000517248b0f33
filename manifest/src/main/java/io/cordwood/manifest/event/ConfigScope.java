package io.cordwood.manifest.event;

import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import java.util.UUID;

/** Whose settings they are. */
public sealed interface ConfigScope {

    /** A topic's, which come and go with it. */
    record Topic(UUID id) implements ConfigScope {}

    /** One broker's. */
    record Broker(int id) implements ConfigScope {

        public Broker {
            if (id < 0) {
                throw new IllegalArgumentException("brokers are numbered from 0: " + id);
            }
        }
    }

    /** Those of all brokers that have no value of their own. */
    record AllBrokers() implements ConfigScope {}

    /** A consumer group's, whether there is such a group yet or not. */
    record Group(String name) implements ConfigScope {

        /** The longest name of a group, in characters. */
        public static final int NAME_LENGTH_MAX = 1_000;

        /** Throws {@link RejectedException} for a name that is empty or too long. */
        public Group {
            if (name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
                throw new RejectedException(Reason.INVALID_REQUEST,
                        "a group has a name of 1 to " + NAME_LENGTH_MAX + " characters");
            }
        }
    }
}
