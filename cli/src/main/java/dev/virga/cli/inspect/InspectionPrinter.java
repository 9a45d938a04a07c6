package dev.virga.cli.inspect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.Size;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Prints an inspection for people or for programs. Names come from the guest and are made harmless. */
final class InspectionPrinter {

    private InspectionPrinter() {}

    static void text(Inspection seen, PrintStream out) {
        out.println(harmless(seen.file()) + ": " + (seen.component() ? "component, " : "core module, ") + Size.text(seen.size()));
        seen.engine().ifPresent(engine -> out.println("engine: " + harmless(engine.text())));
        items("Imports", seen.imports(), out);
        items("Exports", seen.exports(), out);
        if (!seen.capabilities().isEmpty()) {
            out.println("\nIt may use (nothing is granted without its flag):");
            for (Capability one : seen.capabilities()) {
                out.println("  " + one.words() + one.grant().map(g -> ": grant with " + g).orElse(""));
            }
        }
        out.println("\nParts:");
        for (Inspection.Part part : seen.parts()) {
            String name = part.name().isEmpty() ? "" : " \"" + harmless(part.name()) + "\"";
            out.println("  ".repeat(part.depth() + 1) + part.kind() + name + ": " + Size.text(part.size()));
        }
        if (!seen.producers().isEmpty()) {
            out.println("\nMade by:");
            for (Inspection.Producer one : seen.producers()) {
                out.println("  " + harmless(one.field() + ": " + one.name() + " " + one.version()).strip());
            }
        }
        seen.wit().ifPresent(wit -> out.println("\nWIT:\n" + wit.strip()));
    }

    private static void items(String title, List<Inspection.Item> items, PrintStream out) {
        out.println("\n" + title + ":" + (items.isEmpty() ? " none" : ""));
        for (Inspection.Item item : items) {
            out.println("  " + harmless(item.name()) + " (" + item.kind() + ")");
        }
    }

    private static String harmless(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static void json(Inspection seen, PrintStream out) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode()
                .put("file", seen.file())
                .put("kind", seen.component() ? "component" : "core module")
                .put("size", seen.size());
        seen.engine().ifPresentOrElse(engine -> engine.json(root.putObject("engine")), () -> root.putNull("engine"));
        items(root.putArray("imports"), seen.imports());
        items(root.putArray("exports"), seen.exports());
        ArrayNode capabilities = root.putArray("capabilities");
        for (Capability one : seen.capabilities()) {
            ObjectNode node = capabilities.addObject().put("words", one.words()).put("grant", one.grant().orElse(null));
            one.interfaces().forEach(node.putArray("interfaces")::add);
        }
        ArrayNode parts = root.putArray("parts");
        for (Inspection.Part part : seen.parts()) {
            parts.addObject()
                    .put("kind", part.kind())
                    .put("name", part.name())
                    .put("size", part.size())
                    .put("depth", part.depth());
        }
        ArrayNode producers = root.putArray("producers");
        for (Inspection.Producer one : seen.producers()) {
            producers.addObject().put("field", one.field()).put("name", one.name()).put("version", one.version());
        }
        root.put("wit", seen.wit().orElse(null));
        try {
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void items(ArrayNode array, List<Inspection.Item> items) {
        items.forEach(item -> array.addObject().put("name", item.name()).put("kind", item.kind()));
    }
}
