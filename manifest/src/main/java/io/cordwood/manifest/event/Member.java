package io.cordwood.manifest.event;

import io.cordwood.runtime.RejectedException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A node that serves, as it presents itself to the others.
 *
 * @param name by which people know it, the same after each of its starts, and no other's
 * @param process this run of it
 * @param addresses where it is reached
 * @param zone in which it stands; empty if nobody said
 */
public record Member(String name, UUID process, Addresses addresses, Optional<String> zone,
        Set<NodeRole> roles) {

    /** The longest name, and zone, in characters. */
    public static final int NAME_LENGTH_MAX = 100;

    private static final Pattern NAME = Pattern
            .compile("[A-Za-z0-9._:-]{1," + NAME_LENGTH_MAX + "}");

    /** Throws {@link RejectedException} for what is no name, and for a node without a role. */
    public Member {
        roles = Set.copyOf(roles);
        if (!isName(name) || !zone.map(Member::isName).orElse(true) || roles.isEmpty()) {
            throw refused("a node has a name of letters, digits and . _ : -, "
                    + NAME_LENGTH_MAX + " at most, as its zone has, and a role: " + name);
        }
    }

    /** Whether a node or a zone can be called that. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Its roles, in their order. */
    public Set<NodeRole> orderedRoles() {
        return EnumSet.copyOf(roles);
    }

    private static RejectedException refused(String complaint) {
        return new RejectedException(RejectedException.Reason.INVALID_REQUEST, complaint);
    }

    /**
     * Where a node is reached, HOST:PORT each.
     *
     * @param nodes by other nodes
     * @param http by clients of HTTP and gRPC
     * @param kafka by Kafka's clients
     */
    public record Addresses(String nodes, String http, String kafka) {

        /** The longest, in characters. */
        public static final int LENGTH_MAX = 300;

        /** Throws {@link RejectedException} for an address that is too long. */
        public Addresses {
            if (Math.max(nodes.length(), Math.max(http.length(), kafka.length())) > LENGTH_MAX) {
                throw refused("an address has at most " + LENGTH_MAX + " characters");
            }
        }
    }
}
