package io.cordwood.manifest.state;

/** Who made what a run lies in. A run only ever moves on. */
public enum Tier {

    /** Ingest: small segments with a short run of whatever came in. */
    WAL,

    /** The merge: large segments with long runs. */
    LOG,

    /** The conversion: Parquet files of one run. */
    HISTORY
}
