package io.cordwood.manifest;

import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Operation;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Faults in a given order: the next requests of a kind suffer those, and then all goes well. */
public final class ScriptedFaults implements FaultPolicy {

    private final Map<Operation, ArrayDeque<Fault>> scripts = new EnumMap<>(Operation.class);

    /** The next requests of that kind suffer these faults, one each. */
    public void next(Operation operation, Fault... faults) {
        scripts.computeIfAbsent(operation, first -> new ArrayDeque<>()).addAll(List.of(faults));
    }

    @Override
    public Fault faultOf(Request request) {
        ArrayDeque<Fault> script = scripts.getOrDefault(request.operation(), new ArrayDeque<>());
        return script.isEmpty() ? new Fault.Pass() : script.removeFirst();
    }
}
