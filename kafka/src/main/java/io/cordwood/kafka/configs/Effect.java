package io.cordwood.kafka.configs;

/** What a setting does here. */
enum Effect {

    /** What it does in Kafka. */
    IN_FORCE(""),

    /** What it says; Kafka has no such setting. */
    OURS("Cordwood's own. "),

    /** What it does in Kafka, but that by default records are kept for ever. */
    FOR_EVER("For ever (-1) where nothing else is said. "),

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
