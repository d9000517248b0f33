package io.cordwood.server;

import io.cordwood.manifest.event.Member;
import io.cordwood.server.settings.HostPort;
import io.cordwood.server.settings.ServerSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/**
 * How a server presents itself to other nodes, and to their clients.
 *
 * @param host the name of the machine
 * @param clusterPort that it listens on for other nodes
 */
record Presentation(ServerSettings settings, String host, int clusterPort) {

    static Presentation of(ServerSettings settings, int clusterPort) {
        return new Presentation(settings, hostName(), clusterPort);
    }

    /** Where other nodes reach it. */
    String nodesAddress() {
        return settings.cluster().address(host, clusterPort).toString();
    }

    /**
     * The node that it is.
     *
     * @param process this run of it
     * @param httpPort that it listens on for clients of HTTP and gRPC
     * @param kafkaPort that it listens on for Kafka's clients
     */
    Member member(UUID process, int httpPort, int kafkaPort) {
        return new Member(settings.cluster().name(host, clusterPort), process,
                new Member.Addresses(nodesAddress(),
                        settings.http().reachedAt(host, httpPort).toString(),
                        settings.kafka().address(host, kafkaPort).toString()),
                settings.cluster().zone(), settings.cluster().roles());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
