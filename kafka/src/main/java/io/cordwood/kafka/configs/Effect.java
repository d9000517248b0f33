package io.cordwood.kafka.configs;

/** What a setting does here. */
enum Effect {

    /** What it does in Kafka. */
    IN_FORCE(""),

    /** Nothing yet: it is kept for when the log deletes, compacts and merges what it holds. */
    LATER("Kept, without effect so far. "),

    /** Nothing, because what it would tune is not there: files, replicas, tiers. */
    NEEDLESS("Kept; there is nothing here that it would change. "),

    /** It has the value that describes what is done, and no other is accepted. */
    FIXED("Has one value here. ");

    private final String note;

    Effect(String note) {
        this.note = note;
    }

    /** What to say of it before what Kafka says. */
    String note() {
        return note;
    }
}
