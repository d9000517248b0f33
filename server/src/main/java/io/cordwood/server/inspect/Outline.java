package io.cordwood.server.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A description as lines for people: a field on each, what it holds below and further in. */
final class Outline {

    private static final String STEP = "  ";

    private final StringBuilder lines = new StringBuilder();

    private Outline() {}

    static String of(JsonNode node) {
        Outline outline = new Outline();
        outline.add(node, "");
        return outline.lines.toString();
    }

    private void add(JsonNode node, String indent) {
        if (node.isArray()) {
            node.forEach(element -> addElement(element, indent));
        } else {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                addField(field.getKey(), field.getValue(), indent);
            }
        }
    }

    private void addField(String name, JsonNode value, String indent) {
        if (value.isContainerNode()) {
            line(indent + name + ":" + (value.isEmpty() ? " none" : ""));
            add(value, indent + STEP);
        } else {
            line(indent + name + ": " + value.asText());
        }
    }

    private void addElement(JsonNode element, String indent) {
        if (element.isContainerNode() && !isFlat(element)) {
            line(indent + "-");
            add(element, indent + STEP);
        } else {
            line(indent + "- " + flat(element));
        }
    }

    private static boolean isFlat(JsonNode node) {
        return node.valueStream().noneMatch(JsonNode::isContainerNode);
    }

    private static String flat(JsonNode element) {
        if (element.isValueNode()) {
            return element.asText();
        }
        StringBuilder line = new StringBuilder();
        element.properties().forEach(field -> line.append(line.isEmpty() ? "" : "  ")
                .append(field.getKey()).append(' ').append(field.getValue().asText()));
        return line.toString();
    }

    private void line(String text) {
        lines.append(text).append(System.lineSeparator());
    }
}
