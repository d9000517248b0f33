package io.cordwood.ingest.wal;

import java.util.UUID;

class MemoryWalDiskTest implements WalDirectoryContract {

    private final MemoryWalDisk disk = new MemoryWalDisk(new UUID(1, 1));

    @Override
    public WalDirectory open() {
        return disk.open();
    }
}
