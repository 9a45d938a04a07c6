package dev.virga.component.compose;

import dev.virga.component.compose.Extern.Member;
import dev.virga.component.wit.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An instance of a part in a composition. */
final class Node {

    private final Part part;
    private final Map<String, Member> imports;
    private final Map<String, Member> exports;
    private final Map<String, Source> sources = new HashMap<>();

    Node(Part part) {
        this.part = part;
        Scope scope = part.scope();
        this.imports = Extern.members(scope.imports(), part.type().imports());
        this.exports = part.exportsTypes() ? Extern.members(scope.exports(), part.type().exports()) : Map.of();
    }

    Part part() {
        return part;
    }

    /** Its imports, the types in which are its own. */
    Map<String, Member> imports() {
        return imports;
    }

    /** Its exports, if there are types among them; their types and those of the imports are the same. */
    Map<String, Member> exports() {
        return exports;
    }

    void meet(String importName, Source source) {
        sources.put(importName, source);
    }

    /** What an import is met with; empty if the result imports it. */
    Optional<Source> source(String importName) {
        return Optional.ofNullable(sources.get(importName));
    }

    /** The imports that are met, in their order. */
    List<String> met() {
        return part.type().imports().keySet().stream().filter(sources::containsKey).toList();
    }

    @Override
    public String toString() {
        return part.label();
    }
}
