package io.cordwood.iceberg.table;

import io.cordwood.runtime.Invariant;
import io.cordwood.store.object.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** Files that Iceberg writes, in memory by their addresses. Iceberg may use several threads. */
final class MemoryFiles implements FileIO {

    private final Map<String, InMemoryOutputFile> files = new ConcurrentHashMap<>();

    /** What was written there. */
    Bytes bytes(String location) {
        return Bytes.wrap(file(location).toByteArray());
    }

    @Override
    public InputFile newInputFile(String path) {
        return new InMemoryInputFile(path, file(path).toByteArray());
    }

    @Override
    public OutputFile newOutputFile(String path) {
        InMemoryOutputFile file = new InMemoryOutputFile(path);
        InMemoryOutputFile before = files.putIfAbsent(path, file);
        Invariant.check(before == null, "a file is written once: %s", path);
        return file;
    }

    @Override
    public void deleteFile(String path) {
        files.remove(path);
    }

    private InMemoryOutputFile file(String location) {
        return Optional.ofNullable(files.get(location))
                .orElseThrow(() -> new AssertionError("broken: not written: " + location));
    }
}
