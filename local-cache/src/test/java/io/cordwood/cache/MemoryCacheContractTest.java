package io.cordwood.cache;

import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.ObjectStoreContract;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.time.InstantSource;

class MemoryCacheContractTest implements ObjectStoreContract {

    private final CachingObjectStore cache = CachingObjectStore.inMemory(
            new MemoryObjectStore(InstantSource.system()), new CacheSettings(1 << 20, 0));

    @Override
    public ObjectStore store() {
        return cache;
    }
}
