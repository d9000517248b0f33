package io.cordwood.server.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordwood.manifest.event.Member;
import java.util.Locale;

/** Nodes as people are shown them. */
final class NodeDescriptions {

    private NodeDescriptions() {}

    static void describe(ObjectNode node, Member member) {
        node.put("name", member.name()).put("process", member.process().toString())
                .put("nodes_address", member.addresses().nodes())
                .put("http_address", member.addresses().http())
                .put("kafka_address", member.addresses().kafka());
        member.zone().ifPresent(zone -> node.put("zone", zone));
        ArrayNode roles = node.putArray("roles");
        member.orderedRoles().forEach(role -> roles.add(role.name().toLowerCase(Locale.ROOT)));
    }
}
