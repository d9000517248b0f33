package io.cordwood.manifest.event;

/** What a node does for others. A node has at least one role. */
public enum NodeRole {

    /** It takes records. */
    INGEST,

    /** It hands records out. */
    QUERY,

    /** It merges, makes history and collects. */
    INDEXER
}
