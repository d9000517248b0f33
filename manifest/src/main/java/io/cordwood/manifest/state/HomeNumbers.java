package io.cordwood.manifest.state;

import io.cordwood.manifest.proto.Segment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers what runs lie in, from 0 in the order in which it turns up: each is told once. */
public final class HomeNumbers {

    private final Map<Home, Integer> numbers = new LinkedHashMap<>();

    /** The number of what a run lies in: a new one where it was not asked for before. */
    public int of(Home home) {
        return numbers.computeIfAbsent(home, added -> numbers.size());
    }

    /** All that was asked for, by number. */
    public List<Segment> toProto() {
        return numbers.keySet().stream().map(ProtoHomes::toProto).toList();
    }
}
