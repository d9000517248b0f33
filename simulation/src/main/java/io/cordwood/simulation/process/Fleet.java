package io.cordwood.simulation.process;

import io.cordwood.server.node.Node;
import io.cordwood.simulation.process.NodeProcess.DiskFate;
import io.cordwood.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** All processes, and the disks that they leave to each other. */
public final class Fleet {

    private final World world;
    private final List<Disk> disks = new ArrayList<>();
    private final List<NodeProcess> processes = new ArrayList<>();
    private final Wires wires;
    private int lives;

    /** No process, and so many empty disks. */
    public Fleet(World world, int disks) {
        this.world = world;
        this.wires = new Wires(world, this::at);
        for (int i = 0; i < disks; i++) {
            this.disks.add(new Disk("machine-" + (i + 1), world.split()));
        }
    }

    /** Starts a process on some disk that no other uses; none if all are in use. */
    public Optional<NodeProcess> start() {
        List<Disk> free = freeDisks();
        return free.isEmpty() ? Optional.empty() : Optional.of(start(any(free)));
    }

    /** Starts a process on a disk that no other uses. */
    public NodeProcess start(Disk disk) {
        return start(disk, Diligence.any(world.chance()));
    }

    /** Starts a process on a disk that no other uses, which does what is asked of it. */
    public NodeProcess start(Disk disk, Diligence diligence) {
        lives++;
        NodeProcess process = new NodeProcess(world, wires, lives, disk, diligence);
        processes.add(process);
        return process;
    }

    /** The processes that are not gone, oldest first. */
    public List<NodeProcess> alive() {
        processes.removeIf(NodeProcess::isGone);
        return List.copyOf(processes);
    }

    /** Some process that is not gone. */
    public Optional<NodeProcess> someAlive() {
        List<NodeProcess> alive = alive();
        return alive.isEmpty() ? Optional.empty() : Optional.of(any(alive));
    }

    /** The addresses at which processes can be. */
    public List<String> addresses() {
        return disks.stream().map(Disk::address).toList();
    }

    /** Some process that has clients and serves, as far as they know. */
    public Optional<NodeProcess> someServing() {
        List<NodeProcess> serving = alive().stream()
                .filter(process -> process.hasClients() && process.node().isPresent()).toList();
        return serving.isEmpty() ? Optional.empty() : Optional.of(any(serving));
    }

    /** The processes that are not gone and serve, oldest first. */
    public List<NodeProcess> serving() {
        return alive().stream().filter(NodeProcess::serves).toList();
    }

    /** The process that serves and commits; none while nobody does or knows it yet. */
    public Optional<NodeProcess> committer() {
        long epoch = world.truth().state().position().epoch();
        return serving().stream().filter(process -> nodeOf(process).isCommitter()
                && nodeOf(process).state().position().epoch() == epoch).findFirst();
    }

    /** The lines between them. */
    public Wires wires() {
        return wires;
    }

    /** The node of a process that serves. */
    public static Node nodeOf(NodeProcess serving) {
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

    private Optional<NodeProcess> at(String address) {
        return alive().stream().filter(process -> process.address().equals(address)).findFirst();
    }

    private <T> T any(List<T> some) {
        RandomGenerator chance = world.chance();
        return some.get(chance.nextInt(some.size()));
    }
}
