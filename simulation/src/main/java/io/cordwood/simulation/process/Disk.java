package io.cordwood.simulation.process;

import io.cordwood.ingest.wal.MemoryWalDisk;
import io.cordwood.ingest.wal.WalDirectory;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** A machine with a local disk, which outlives the processes that use it one after the other. */
public final class Disk {

    private final String address;
    private final RandomGenerator chance;
    private MemoryWalDisk wal;
    private boolean used;

    /**
     * An empty disk.
     *
     * @param address where the process on it is reached
     */
    public Disk(String address, RandomGenerator chance) {
        this.address = address;
        this.chance = chance;
        this.wal = empty();
    }

    String address() {
        return address;
    }

    /** Whether a process uses it. */
    public boolean isUsed() {
        return used;
    }

    /** The numbers of the WAL files that are on it. */
    public List<Long> files() {
        return wal.numbers();
    }

    /** The bytes of these files. */
    long bytes() {
        return wal.bytes();
    }

    /** A process comes. */
    WalDirectory open() {
        used = true;
        return wal.open();
    }

    /** Its process is gone. */
    void leave() {
        used = false;
    }

    /** The disk is replaced by an empty one. */
    void wipe() {
        wal = empty();
    }

    /** The end of the last file was not written before the power went. */
    void cut() {
        if (!wal.numbers().isEmpty()) {
            wal.change(wal.numbers().getLast(),
                    file -> Arrays.copyOf(file, chance.nextInt(file.length + 1)));
        }
    }

    /** There is no room on it any more. */
    public void fill() {
        wal.fill();
    }

    /** There is room again. */
    void free() {
        wal.free();
    }

    private MemoryWalDisk empty() {
        return new MemoryWalDisk(new UUID(chance.nextLong(), chance.nextLong()));
    }
}
