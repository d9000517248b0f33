package io.cordwood.simulation.process;

import io.cordwood.server.node.Node;
import io.cordwood.simulation.process.Process.DiskFate;
import io.cordwood.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** All processes, and the disks that they leave to each other. */
public final class Fleet {

    private final World world;
    private final List<Disk> disks = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private int lives;

    /** No process, and so many empty disks. */
    public Fleet(World world, int disks) {
        this.world = world;
        for (int i = 0; i < disks; i++) {
            this.disks.add(new Disk(world.split()));
        }
    }

    /** Starts a process on some disk that no other uses; none if all are in use. */
    public Optional<Process> start() {
        List<Disk> free = freeDisks();
        return free.isEmpty() ? Optional.empty() : Optional.of(start(any(free)));
    }

    /** Starts a process on a disk that no other uses. */
    public Process start(Disk disk) {
        lives++;
        Process process = new Process(world, lives, disk);
        processes.add(process);
        return process;
    }

    /** The processes that are not gone, oldest first. */
    public List<Process> alive() {
        processes.removeIf(Process::isGone);
        return List.copyOf(processes);
    }

    /** Some process that is not gone. */
    public Optional<Process> someAlive() {
        List<Process> alive = alive();
        return alive.isEmpty() ? Optional.empty() : Optional.of(any(alive));
    }

    /** Some process that serves, as far as its clients know. */
    public Optional<Process> someServing() {
        List<Process> serving = alive().stream().filter(process -> process.node().isPresent())
                .toList();
        return serving.isEmpty() ? Optional.empty() : Optional.of(any(serving));
    }

    /** The process that serves and commits; none while nobody does or knows it yet. */
    public Optional<Process> committer() {
        return alive().stream().filter(process -> process.node()
                .filter(node -> !node.stopped().isComplete()).isPresent()
                && process.toString().equals(world.truth().state().position().address()))
                .findFirst();
    }

    /** The node of a process that serves. */
    public static Node nodeOf(Process serving) {
        return serving.node().orElseThrow();
    }

    /** Disks that no process uses now. */
    public List<Disk> freeDisks() {
        return disks.stream().filter(disk -> !disk.isUsed()).toList();
    }

    /** Ends all processes at once. */
    public void crashAll(DiskFate fate) {
        alive().forEach(process -> process.crash(fate));
    }

    /** How many processes there have been. */
    public int lives() {
        return lives;
    }

    private <T> T any(List<T> some) {
        RandomGenerator chance = world.chance();
        return some.get(chance.nextInt(some.size()));
    }
}
