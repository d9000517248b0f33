package io.cordwood.history.file;

import io.cordwood.store.segment.PartitionId;
import java.util.List;

/**
 * What a history file is made of, as its footer names it.
 *
 * @param topic the topic's name when the file was made
 * @param segments the segments whose runs it holds; any text that names them
 */
public record HistorySource(String topic, PartitionId partition, List<String> segments) {

    public HistorySource {
        segments = List.copyOf(segments);
    }
}
