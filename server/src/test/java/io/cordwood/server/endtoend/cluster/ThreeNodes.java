package io.cordwood.server.endtoend.cluster;

import io.cordwood.server.endtoend.KafkaClients;
import io.cordwood.server.endtoend.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three servers over one bucket, each with a name, a disk and addresses that it keeps. */
final class ThreeNodes implements AutoCloseable {

    static final int COUNT = 3;

    private static final String HOST = "127.0.0.1:";

    private final List<String> roles;
    private final String bucket;
    private final Path folder;
    private final List<Integer> ports = freePorts();
    private final List<RunningServer> servers = new ArrayList<>();
    private final List<RunningServer> all = new ArrayList<>();

    /** Starts them, one after the other; each does everything. */
    ThreeNodes(Path folder) {
        this(folder, Collections.nCopies(COUNT, "ingest,query,indexer"));
    }

    /** Starts them, each in roles of its own. */
    ThreeNodes(Path folder, List<String> roles) {
        this.roles = roles;
        this.bucket = "file:" + folder.resolve("bucket");
        this.folder = folder;
        for (int i = 0; i < COUNT; i++) {
            servers.add(launch(i));
        }
    }

    private RunningServer launch(int node) {
        RunningServer server = RunningServer.start(bucket, disk(node), "--kafka", kafka(node),
                "--cluster", HOST + ports.get(COUNT + node), "--node.name", "node-" + node,
                "--node.zone", zone(node), "--node.roles", roles.get(node));
        all.add(server);
        return server;
    }

    /** In which zone a node is: one is alone there. */
    static String zone(int node) {
        return node == 0 ? "a" : "b";
    }

    private Path disk(int node) {
        return folder.resolve("disk-" + node);
    }

    private String kafka(int node) {
        return HOST + ports.get(node);
    }

    /** Clients that are told of all three. */
    KafkaClients clients() {
        return new KafkaClients(IntStream.range(0, COUNT).mapToObj(this::kafka)
                .collect(Collectors.joining(",")));
    }

    RunningServer server(int node) {
        return servers.get(node);
    }

    List<RunningServer> servers() {
        return List.copyOf(servers);
    }

    /** Starts a node again that is gone. */
    void start(int node) {
        servers.set(node, launch(node));
    }

    /** What all have written to their error streams, those that are gone, too. */
    String logs() throws IOException {
        StringBuilder logs = new StringBuilder();
        for (RunningServer server : all) {
            logs.append(server.log());
        }
        return logs.toString();
    }

    /** Empties the disk of a node that is gone. */
    void wipe(int node) {
        try (Stream<Path> files = Files.walk(disk(node))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        servers.forEach(RunningServer::close);
    }

    private static List<Integer> freePorts() {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * COUNT; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
