package dev.virga.component.compose;

import dev.virga.component.compose.TypeOrigins.Origin;
import dev.virga.component.type.ComponentType;
import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the result must export besides the root's exports: where those speak of a type of a plug, it
 * needs a name outside (Explainer, "External Visibility of Types").
 */
final class NeededExports {

    /** Those whose types others use first. */
    private final List<Source> needed = new ArrayList<>();

    private final Set<Source> begun = new HashSet<>();
    /** The nodes that are needed with all their exports. */
    private final Set<Node> whole = new HashSet<>();
    private final Map<Node, Types> types = new IdentityHashMap<>();

    private final Node root;

    private NeededExports(Node root) {
        this.root = root;
    }

    /** @throws dev.virga.component.ComponentException.Link if the name is taken by an export of the root */
    static List<Source> of(Node root) {
        NeededExports exports = new NeededExports(root);
        root.part().type().exports().values().forEach(exports.types(root)::visit);
        List<String> taken = exports.needed.stream()
                .filter(source -> root.part().type().exports().containsKey(source.exportName()))
                .map(source -> "\"" + source.exportName() + "\" is exported by " + root + ", but what " + root
                        + " exports uses types of that of " + source.node() + ", which would have to be exported by the"
                        + " same name; leave that import unmet")
                .toList();
        Problems.refuse(root.part(), taken);
        return exports.needed;
    }

    private Types types(Node node) {
        return types.computeIfAbsent(node, Types::new);
    }

    private void need(Source source) {
        if (!begun.add(source)) {
            return;
        }
        Map<String, ExternDesc> all = source.node().part().type().exports();
        switch (source) {
            case Source.One(Node node, String export) -> types(node).visit(all.get(export));
            case Source.All(Node node, String _) -> {
                whole.add(node);
                all.values().forEach(types(node)::visit);
            }
            case Source.TypeOf(Source instance, String _) -> {
                need(instance);
                return;
            }
        }
        needed.add(source);
    }

    /** The types that the exports of a node are made of. */
    private final class Types {
        private final Node node;
        private final TypeOrigins origins;
        private final Set<DefType> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        Types(Node node) {
            this.node = node;
            this.origins = new TypeOrigins(node.part());
        }

        void visit(ExternDesc item) {
            switch (item) {
                case ExternDesc.Func(FunctionType f) -> visit(f);
                case ExternDesc.Value(ValueType v) -> visit(v);
                case ExternDesc.Type(DefType t) -> visit(t);
                case ExternDesc.Instance(InstanceType i) -> visit(i);
                case ExternDesc.Component(ComponentType c) -> visit(c);
                case ExternDesc.CoreModule _ -> {}
            }
        }

        private void visit(DefType type) {
            if (!seen.add(type)) {
                return;
            }
            origins.find(type).ifPresent(this::origin);
            switch (type) {
                case ResourceType _ -> {}
                case FunctionType f -> {
                    f.params().forEach(p -> visit(p.type()));
                    f.result().ifPresent(this::visit);
                }
                case InstanceType i -> i.exports().values().forEach(this::visit);
                case ComponentType c -> {
                    c.imports().values().forEach(this::visit);
                    c.exports().values().forEach(this::visit);
                }
                case ValueType.Own(ResourceType r) -> visit(r);
                case ValueType.Borrow(ResourceType r) -> visit(r);
                case ValueType v -> v.parts().forEach(this::visit);
            }
        }

        private void origin(Origin origin) {
            if (origin.isImport()) {
                node.source(origin.name()).ifPresent(NeededExports.this::need);
            } else if (node != root && !whole.contains(node)) {
                need(new Source.One(node, origin.name()));
            }
        }
    }
}
