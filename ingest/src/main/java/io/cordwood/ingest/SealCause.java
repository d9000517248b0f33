package io.cordwood.ingest;

/** Why a segment was sealed. */
enum SealCause {
    /** The next batch would not have fitted. */
    SIZE,
    /** There was a credit for it. */
    PACE,
    /** It was worth a write, and nothing more came. */
    LULL,
    /** Nothing more comes. */
    CLOSING
}
