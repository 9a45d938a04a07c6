package dev.virga.component.compose;

import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.Definition.Ref;
import dev.virga.component.binary.ExternName;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.wit.TypeNode;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds to the result's imports its components, their instances and its exports. */
final class Assembly {

    private final OpenImports open;
    private final Declarations result;
    /** Parts of the same bytes are one component. */
    private final Map<ByteBuffer, Integer> components = new HashMap<>();
    private final Map<Integer, String> componentNames = new HashMap<>();
    private final Map<Node, Integer> instances = new IdentityHashMap<>();
    private final Map<Source, Ref> aliases = new HashMap<>();

    private Assembly(OpenImports open) {
        this.open = open;
        this.result = open.result();
    }

    /** @param order as {@link Order} has it, the root last */
    static Assembly of(List<Node> order, OpenImports open, List<Source> neededExports) {
        Assembly assembly = new Assembly(open);
        order.forEach(assembly::instantiate);
        Map<Source, Ref> exported = new HashMap<>();
        neededExports.forEach(source -> exported.put(
                source,
                assembly.export(new ExternName(source.exportName()), assembly.ref(source), Optional.empty())));
        assembly.exports(order.getLast(), exported);
        return assembly;
    }

    /**
     * Where a component exports a type of its own, its functions name that export in their types, and
     * so they must in the result (Explainer, "External Visibility of Types").
     */
    private void exports(Node root, Map<Source, Ref> needed) {
        if (root.part().exportsTypes()) {
            root.met().forEach(name -> {
                Source source = root.source(name).orElseThrow();
                result.register(
                        root.imports().get(name).extern(),
                        needed.getOrDefault(source, ref(source)).index());
            });
        }
        for (Definition.Export export : root.part().exportDefinitions()) {
            Optional<Extern> extern =
                    Optional.ofNullable(root.exports().get(export.name().text())).map(Extern.Member::extern);
            Optional<ExternTypeRef> type = extern.filter(Extern.Func.class::isInstance).map(result::reference);
            Ref named = extern.flatMap(this::definition)
                    .orElseGet(() -> ref(new Source.One(root, export.name().text())));
            Ref ref = export(export.name(), named, type);
            extern.ifPresent(e -> result.register(e, ref.index()));
        }
    }

    /** The same value type, made of what the result exports. */
    private Optional<Ref> definition(Extern extern) {
        return extern instanceof Extern.Type(TypeNode type)
                        && type.base() instanceof TypeNode.Defined(TypeDef.Value _, var _)
                        && result.reference(extern) instanceof ExternTypeRef.TypeEq(int index)
                ? Optional.of(new Ref(Sort.TYPE, index))
                : Optional.empty();
    }

    private void instantiate(Node node) {
        List<Definition.Argument> arguments = node.imports().keySet().stream()
                .map(name -> new Definition.Argument(name, argument(node, name)))
                .toList();
        Definition instance = new Definition.Instantiate(0, component(node.part()), arguments);
        instances.put(node, result.add(Sort.INSTANCE, instance));
    }

    private int component(Part part) {
        ComponentBinary binary = part.binary();
        ByteBuffer bytes = ByteBuffer.wrap(binary.bytes(), binary.start(), binary.end() - binary.start());
        return components.computeIfAbsent(bytes, _ -> {
            int index = result.add(Sort.COMPONENT, new Definition.Component(0, binary));
            componentNames.put(index, part.label());
            return index;
        });
    }

    private Ref argument(Node node, String name) {
        return node.source(name).map(this::ref).orElseGet(() -> open.ref(name));
    }

    private Ref ref(Source source) {
        return switch (source) {
            case Source.All(Node node, String _) -> new Ref(Sort.INSTANCE, instances.get(node));
            case Source.One(Node node, String name) ->
                alias(source, instances.get(node), sort(node.part().type().exports().get(name)), name);
            case Source.TypeOf(Source of, String name) -> alias(source, ref(of).index(), Sort.TYPE, name);
        };
    }

    private Ref alias(Source source, int instance, Sort sort, String name) {
        Ref known = aliases.get(source);
        if (known == null) {
            known = new Ref(sort, result.add(sort, new Definition.AliasExport(0, sort, instance, name)));
            aliases.put(source, known);
        }
        return known;
    }

    private Ref export(ExternName name, Ref ref, Optional<ExternTypeRef> type) {
        return new Ref(ref.sort(), result.add(ref.sort(), new Definition.Export(0, name, ref, type)));
    }

    private static Sort sort(ExternDesc type) {
        return switch (type) {
            case ExternDesc.CoreModule _ -> Sort.CORE_MODULE;
            case ExternDesc.Func _ -> Sort.FUNC;
            case ExternDesc.Value _ -> Sort.VALUE;
            case ExternDesc.Type _ -> Sort.TYPE;
            case ExternDesc.Instance _ -> Sort.INSTANCE;
            case ExternDesc.Component _ -> Sort.COMPONENT;
        };
    }

    List<Definition> definitions() {
        return result.definitions();
    }

    /** What to call the components, by index. */
    Map<Integer, String> componentNames() {
        return componentNames;
    }

    /** What to call the instances of parts, by index. */
    Map<Integer, String> instanceNames() {
        Map<Integer, String> names = new HashMap<>();
        instances.forEach((node, index) -> names.put(index, node.part().label()));
        return names;
    }
}
