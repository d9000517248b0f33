package io.cordwood.history.write;

/** What a record is to those who read its partition. */
public enum RecordRole {

    /** It is read. */
    DATA,

    /** It is part of a transaction that was aborted. */
    ABORTED,

    /** It ends a transaction. */
    CONTROL
}
