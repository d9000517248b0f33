package io.cordwood.cache;

import io.cordwood.runtime.DirectWorkers;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.ObjectStoreContract;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class DiskCacheContractTest implements ObjectStoreContract {

    @TempDir
    private Path directory;
    private ObjectStore cache = new MemoryObjectStore(InstantSource.system());

    @BeforeEach
    void open() {
        cache = Content.now(CachingObjectStore.open(cache,
                new CacheSettings(0, CacheSettings.DISK_BYTES_MIN), directory, new DirectWorkers(),
                InstantSource.system()));
    }

    @Override
    public ObjectStore store() {
        return cache;
    }
}
