package dev.virga.component.compose;

import dev.virga.component.compose.Extern.Member;
import dev.virga.component.wit.TypeNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Merges imports of several components, and knows which of their types have become one. */
final class SameTypes {

    private final Map<TypeNode, TypeNode> others = new IdentityHashMap<>();

    /** The type that stands for all that were merged with this one. */
    TypeNode of(TypeNode type) {
        TypeNode same = type;
        for (TypeNode next = others.get(same); next != null; next = others.get(same)) {
            same = next;
        }
        // the way is short the next time
        for (TypeNode at = type; at != same; ) {
            at = others.put(at, same);
        }
        return same;
    }

    /**
     * One import with the exports of all. Where several have the same, the first is kept; that the
     * others agree is left to the check of types.
     */
    Extern merge(List<Extern> imports) {
        return switch (imports.getFirst()) {
            case Extern.Instance _ -> {
                Map<String, List<Member>> byName = new LinkedHashMap<>();
                for (Extern one : imports) {
                    if (one instanceof Extern.Instance(Map<String, Member> exports)) {
                        exports.forEach((name, member) ->
                                byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(member));
                    }
                }
                Map<String, Member> merged = new LinkedHashMap<>();
                byName.forEach((name, members) -> merged.put(
                        name,
                        new Member(
                                members.getFirst().name(),
                                merge(members.stream().map(Member::extern).toList()))));
                yield new Extern.Instance(merged);
            }
            case Extern.Type(TypeNode type) -> {
                TypeNode kept = type;
                for (Extern one : imports) {
                    kept = one instanceof Extern.Type(TypeNode other) ? merge(kept, other) : kept;
                }
                yield new Extern.Type(kept);
            }
            default -> imports.getFirst();
        };
    }

    /** A resource that is known to be a certain one satisfies also where it may be any. */
    private TypeNode merge(TypeNode first, TypeNode second) {
        TypeNode a = of(first);
        TypeNode b = of(second);
        if (a == b) {
            return a;
        }
        boolean secondIsCertain = a instanceof TypeNode.Resource && b instanceof TypeNode.Alias;
        others.put(secondIsCertain ? a : b, secondIsCertain ? b : a);
        return secondIsCertain ? b : a;
    }
}
