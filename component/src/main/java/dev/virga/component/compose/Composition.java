package dev.virga.component.compose;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.binary.ComponentEncoder;
import dev.virga.component.type.ComponentType;
import dev.virga.component.validation.ComponentValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Components plugged into each other. The result is a component that holds them as they are; it
 * exports what the root exports and imports what nothing meets. An import that several of them have,
 * in whatever compatible versions, is one import of the result, so that the resources it defines are
 * the same for all.
 *
 * @param binary the result
 * @param type what it imports and exports
 * @param links which import is met with what, the root's first
 * @param exports what it exports, and of which part
 */
public record Composition(byte[] binary, ComponentType type, List<Link> links, List<Export> exports) {

    /**
     * An import that is met.
     *
     * @param from the label of the part that meets it
     * @param export empty if it is met by the whole instance, or by a type of what another import is met by
     */
    public record Link(String importer, String importName, String from, Optional<String> export) {}

    /**
     * An export of the result.
     *
     * @param from the label of the part that it is of
     * @param needed whether it is of a plug, and there because an export of the root uses its types
     */
    public record Export(String name, String from, boolean needed) {}

    public Composition {
        links = List.copyOf(links);
        exports = List.copyOf(exports);
    }

    /**
     * Composes.
     *
     * @param version of Virga, for the result's producers section
     * @throws ComponentException.Link listing every plug that is of no use, import that does not fit
     *     and cycle, with what to do about it
     * @throws ComponentException.Unsupported naming what a part imports that cannot be carried over
     */
    public static Composition of(Part root, List<Plug> plugs, String version) {
        List<Node> nodes = Wiring.of(root, plugs);
        List<Node> order = Order.of(nodes);
        OpenImports open = OpenImports.of(nodes);
        ComponentType imported = validate(
                root, new ComponentBinary(new byte[0], 0, 0, open.result().definitions(), List.of()));
        TypeCheck.run(order, open, imported.imports());
        List<Source> needed = NeededExports.of(nodes.getFirst());
        byte[] binary = encode(Assembly.of(order, open, needed), version);
        ComponentType type = validate(root, ComponentDecoder.decode(binary));
        return new Composition(binary, type, links(nodes), exports(root, needed));
    }

    /** What is wrong here was not wrong in any part alone. */
    private static ComponentType validate(Part root, ComponentBinary result) {
        try {
            return ComponentValidator.validate(result);
        } catch (ComponentException.Invalid e) {
            throw Problems.refusal(root, List.of("the result would not be valid: " + e.getMessage()));
        }
    }

    private static byte[] encode(Assembly assembly, String version) {
        ComponentEncoder encoder = new ComponentEncoder();
        assembly.definitions().forEach(encoder::add);
        return encoder.custom(Customs.NAMES, Customs.names(assembly.componentNames(), assembly.instanceNames()))
                .custom(Customs.PRODUCERS, Customs.producers(version))
                .toByteArray();
    }

    private static List<Link> links(List<Node> nodes) {
        List<Link> links = new ArrayList<>();
        for (Node node : nodes) {
            for (String name : node.met()) {
                Source source = node.source(name).orElseThrow();
                Optional<String> export =
                        source instanceof Source.One(Node _, String one) ? Optional.of(one) : Optional.empty();
                links.add(new Link(node.toString(), name, source.node().toString(), export));
            }
        }
        return links;
    }

    private static List<Export> exports(Part root, List<Source> needed) {
        List<Export> exports = new ArrayList<>();
        needed.forEach(source -> exports.add(new Export(source.exportName(), source.node().toString(), true)));
        root.type().exports().keySet().forEach(name -> exports.add(new Export(name, root.label(), false)));
        return exports;
    }
}
