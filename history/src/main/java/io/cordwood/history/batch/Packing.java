package io.cordwood.history.batch;

/** How the records of a rebuilt batch are packed. */
public enum Packing {
    /** As they are: nothing to pay where bytes cost little. */
    NONE(0),
    /** With LZ4, where that saves something: three to four times the work, half of the bytes. */
    LZ4(3);

    private final int attribute;

    Packing(int attribute) {
        this.attribute = attribute;
    }

    /** The bits by which a batch's attributes say so. */
    int attribute() {
        return attribute;
    }
}
