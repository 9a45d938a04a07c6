package dev.virga.cli.compose;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.component.compose.Composition;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** Prints what a composition consists of, for people or for programs. */
record CompositionPrinter(String file, Composition composition) {

    void text(PrintStream out) {
        out.println(file + ": component, " + composition.binary().length + " bytes");
        for (Composition.Link link : composition.links()) {
            out.println("  " + link.importer() + " imports " + link.importName() + " from " + link.from()
                    + link.export().filter(e -> !e.equals(link.importName())).map(e -> " (" + e + ")").orElse(""));
        }
        for (Composition.Export export : composition.exports()) {
            out.println("  exports " + export.name() + " of " + export.from()
                    + (export.needed() ? ", whose types other exports use" : ""));
        }
        composition.type().imports().keySet().forEach(name -> out.println("  still imports " + name));
    }

    void json(PrintStream out) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("file", file).put("size", composition.binary().length);
        ArrayNode links = root.putArray("links");
        for (Composition.Link link : composition.links()) {
            links.addObject()
                    .put("component", link.importer())
                    .put("import", link.importName())
                    .put("from", link.from())
                    .put("export", link.export().orElse(null));
        }
        ArrayNode exports = root.putArray("exports");
        composition.exports().forEach(e -> exports.addObject()
                .put("name", e.name())
                .put("of", e.from())
                .put("needed", e.needed()));
        composition.type().imports().keySet().forEach(root.putArray("imports")::add);
        try {
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
