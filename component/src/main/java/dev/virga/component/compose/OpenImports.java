package dev.virga.component.compose;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.Definition;
import dev.virga.component.compose.Extern.Member;
import dev.virga.component.runtime.InterfaceName;
import dev.virga.component.wit.TypeNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The imports that nothing meets, which the result imports: those of one name, whatever their
 * versions, as one with the newest name and all that any of them wants.
 */
final class OpenImports {

    /** Of types written, roughly; the largest real component's imports take 60 kB. */
    private static final long MAX_SIZE = 64 << 20;

    private static final int MAX_DEPTH = 100;

    /** An import of the result. */
    private static final class Import {
        private final List<Member> members = new ArrayList<>();
        private final List<Node> users = new ArrayList<>();
        private Member merged;
        private boolean begun;
        private Definition.Ref ref;

        String name() {
            return merged.name().text();
        }
    }

    /** What introduces a type: an open import, or one that is met. */
    private sealed interface Owner {
        record Open(Import open) implements Owner {}

        record Met(Node node, String importName, String type) implements Owner {}
    }

    private final Part root;
    private final Map<String, Import> byName = new LinkedHashMap<>();
    private final Map<TypeNode, Owner> owners = new IdentityHashMap<>();
    private final SameTypes same = new SameTypes();
    private final Declarations result = Declarations.ofResult(this);
    /** The imports that are being written, each because the one before needs a type of it. */
    private final List<Import> path = new ArrayList<>();
    private long size;

    private OpenImports(Part root) {
        this.root = root;
    }

    /** @throws ComponentException.Link if an import needs a type that a plug provides */
    static OpenImports of(List<Node> nodes) {
        OpenImports imports = new OpenImports(nodes.getFirst().part());
        nodes.forEach(imports::add);
        imports.byName.values().forEach(imports::merge);
        imports.byName.values().forEach(i -> imports.own(i.merged, new Owner.Open(i)));
        imports.byName.values().forEach(imports::write);
        return imports;
    }

    private void add(Node node) {
        node.imports().forEach((name, member) -> {
            if (node.source(name).isEmpty()) {
                typeThatIsMet(member).ifPresent(source -> node.meet(name, source));
            }
            if (node.source(name).isPresent()) {
                own(member, new Owner.Met(node, name, name));
            } else {
                Import open = byName.computeIfAbsent(key(name), _ -> new Import());
                open.members.add(member);
                open.users.add(node);
            }
        });
    }

    /** An import of a type that another import brings, which is met, is met with that. */
    private Optional<Source> typeThatIsMet(Member member) {
        if (member.extern() instanceof Extern.Type(TypeNode.Alias(TypeNode target))
                && owners.get(target) instanceof Owner.Met(Node node, String name, String type)) {
            Source source = node.source(name).orElseThrow();
            return Optional.of(
                    node.imports().get(name).extern() instanceof Extern.Instance
                            ? new Source.TypeOf(source, type)
                            : source);
        }
        return Optional.empty();
    }

    private static String key(String name) {
        return new InterfaceName(name).canonical();
    }

    private void merge(Import open) {
        List<Member> newestFirst = new ArrayList<>(open.members);
        newestFirst.sort(Comparator.comparing((Member m) -> m.name().text(), NameIndex.BY_VERSION).reversed());
        open.merged = new Member(
                newestFirst.getFirst().name(),
                same.merge(newestFirst.stream().map(Member::extern).toList()));
    }

    private void own(Member member, Owner owner) {
        switch (member.extern()) {
            case Extern.Type(TypeNode type) -> owners.put(
                    same.of(type),
                    owner instanceof Owner.Met(Node node, String name, String _)
                            ? new Owner.Met(node, name, member.name().text())
                            : owner);
            case Extern.Instance(Map<String, Member> exports) -> exports.values().forEach(e -> own(e, owner));
            default -> {}
        }
    }

    private void write(Import open) {
        if (open.begun) {
            if (open.ref == null) {
                throw Problems.refusal(root, List.of("\"" + open.name() + "\" is imported by "
                        + users(open) + " in versions whose types depend on each other; meet one of these imports"));
            }
            return;
        }
        open.begun = true;
        if (path.size() > MAX_DEPTH) {
            throw new ComponentException.Unsupported("imports need types of each other over more than " + MAX_DEPTH
                    + " levels");
        }
        path.add(open);
        open.ref = result.addImport(open.merged);
        path.removeLast();
    }

    private static String users(Import open) {
        return open.users.stream().map(Node::toString).distinct().collect(Collectors.joining(" and "));
    }

    TypeNode same(TypeNode type) {
        return same.of(type);
    }

    boolean owns(TypeNode type) {
        return owners.containsKey(type);
    }

    /** Writes the import that introduces this type, if there is one. */
    boolean requires(TypeNode type) {
        switch (owners.get(type)) {
            case null -> {
                return false;
            }
            case Owner.Open(Import open) -> {
                write(open);
                return true;
            }
            case Owner.Met(Node node, String name, String typeName) -> throw Problems.refusal(
                    root, List.of(unavailable(path.getLast(), node.source(name).orElseThrow().node(), name, typeName)));
        }
    }

    private static String unavailable(Import user, Node by, String importName, String type) {
        return "\"" + user.name() + "\" of " + users(user) + ", which nothing meets, uses the type \"" + type + "\""
                + (type.equals(importName) ? "" : " of \"" + importName + "\"") + ", which " + by + " meets: meet \""
                + user.name() + "\" too, or leave \"" + importName + "\" unmet by naming only other imports";
    }

    /** Bounds how much is written: what imports share in a component could multiply here. */
    void charge(long bytes) {
        size += bytes;
        if (size > MAX_SIZE) {
            throw new ComponentException.Unsupported("the types of the result's imports would take more than "
                    + MAX_SIZE / (1 << 20) + " MiB");
        }
    }

    /** The result, which so far consists of its imports. */
    Declarations result() {
        return result;
    }

    /** The name that an open import has in the result. */
    String name(String importName) {
        return byName.get(key(importName)).name();
    }

    /** Where an open import is in the result. */
    Definition.Ref ref(String importName) {
        return byName.get(key(importName)).ref;
    }

    /** Who has this import. */
    List<Node> users(String importName) {
        return byName.get(key(importName)).users;
    }
}
