package dev.virga.component.compose;

import dev.virga.component.runtime.InterfaceName;
import dev.virga.component.type.ExternDesc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which import is met with what. An import is met by the first plug that offers it, those
 * with a name before those without. A part that offers an import itself gets the next one behind
 * it, so that several plugs for one name make a chain.
 */
final class Wiring {

    /** A plug that offers an import, and how. */
    private record Candidate(Plug plug, Source source) {}

    /** That an import of this name, whatever its version, is met by a node. */
    private record Taken(String name, Node by) {}

    private final Node root;
    private final List<Plug> plugs = new ArrayList<>();
    private final Map<Part, Node> plugged = new IdentityHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final NameIndex rootImports;
    private final Set<Plug> used = new HashSet<>();
    private final Set<Taken> taken = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private Wiring(Part root, List<Plug> given) {
        this.root = new Node(root);
        this.rootImports = new NameIndex(root.type().imports().keySet());
        nodes.add(this.root);
        given.stream().filter(p -> p.name().isPresent()).forEach(plugs::add);
        given.stream().filter(p -> p.name().isEmpty()).forEach(plugs::add);
        for (Plug plug : given) {
            plugged.computeIfAbsent(plug.part(), part -> {
                nodes.add(new Node(part));
                return nodes.getLast();
            });
        }
    }

    /**
     * All instances, the root first and the others in the order that they were given.
     *
     * @throws dev.virga.component.ComponentException.Link listing every plug that is of no use
     */
    static List<Node> of(Part root, List<Plug> plugs) {
        Wiring wiring = new Wiring(root, plugs);
        wiring.findRepeated();
        wiring.nodes.forEach(wiring::meet);
        wiring.findAmbiguous();
        wiring.findUnused();
        Problems.refuse(root, wiring.problems);
        return wiring.nodes;
    }

    private void findRepeated() {
        Set<Plug> seen = new HashSet<>();
        plugs.stream().filter(plug -> !seen.add(plug)).forEach(plug -> problems.add(plug + ": given twice"));
    }

    private void meet(Node node) {
        node.part().type().imports().forEach((name, wanted) -> {
            List<Candidate> candidates = candidates(node, name, wanted);
            int next = 0;
            for (int i = 0; i < candidates.size(); i++) {
                if (candidates.get(i).source().node() == node) {
                    next = i + 1;
                }
            }
            if (next < candidates.size()) {
                Candidate chosen = candidates.get(next);
                node.meet(name, chosen.source());
                used.add(chosen.plug());
                taken.add(taken(name, chosen));
            }
        });
    }

    private List<Candidate> candidates(Node node, String name, ExternDesc wanted) {
        Optional<String> implemented = node.part().implemented(name);
        List<Candidate> candidates = new ArrayList<>();
        for (Plug plug : plugs) {
            if (asks(plug, name, implemented)) {
                source(plug, name, implemented, wanted).ifPresent(s -> candidates.add(new Candidate(plug, s)));
            }
        }
        return candidates;
    }

    private boolean asks(Plug plug, String name, Optional<String> implemented) {
        if (plug.name().isEmpty()) {
            return rootImports.find(name).isPresent();
        }
        NamePattern pattern = new NamePattern(plug.name().get());
        return pattern.matches(name) || implemented.filter(pattern::matches).isPresent();
    }

    private Optional<Source> source(Plug plug, String name, Optional<String> implemented, ExternDesc wanted) {
        Node node = plugged.get(plug.part());
        NameIndex exports = plug.part().exports();
        Optional<String> export = exports.find(name).or(() -> implemented.flatMap(exports::find));
        if (export.isPresent()) {
            return Optional.of(new Source.One(node, export.get()));
        }
        boolean whole = wanted instanceof ExternDesc.Instance
                && plug.name().filter(name::equals).isPresent()
                && new NamePattern(name).isPlain();
        return whole ? Optional.of(new Source.All(node, name)) : Optional.empty();
    }

    /** Two plugs without a name may offer one import only if the first of them hands on to the second. */
    private void findAmbiguous() {
        root.part().type().imports().forEach((name, wanted) -> {
            List<Candidate> candidates = candidates(root, name, wanted);
            if (candidates.isEmpty() || candidates.getFirst().plug().name().isPresent()) {
                return;
            }
            List<Candidate> left = candidates.stream().filter(c -> !taken.contains(taken(name, c))).toList();
            if (!left.isEmpty()) {
                Node first = candidates.getFirst().source().node();
                Node second = left.getFirst().source().node();
                left.forEach(c -> used.add(c.plug()));
                problems.add("\"" + name + "\" of " + root + ": both " + first + " and " + second + " export it; "
                        + (importsToo(second, name)
                                ? "give " + second + ", which imports it too, before " + first
                                : "name the one to take: " + name + "=" + first));
            }
        });
    }

    private static boolean importsToo(Node node, String name) {
        return new NameIndex(node.part().type().imports().keySet()).find(name).isPresent();
    }

    private static Taken taken(String name, Candidate by) {
        return new Taken(new InterfaceName(name).canonical(), by.source().node());
    }

    private void findUnused() {
        for (Plug plug : plugs) {
            if (!used.contains(plug)) {
                problems.add(plug + ": " + (plug.name().isPresent() ? whyUnused(plug) : whyUnusedWithoutName(plug)));
            }
        }
    }

    private String whyUnused(Plug plug) {
        String wanted = plug.name().orElseThrow();
        List<Node> others = nodes.stream().filter(n -> n != plugged.get(plug.part())).toList();
        List<String> imports = new ArrayList<>();
        for (Node node : others) {
            for (Map.Entry<String, ExternDesc> entry : node.part().type().imports().entrySet()) {
                String name = entry.getKey();
                Optional<String> implemented = node.part().implemented(name);
                imports.add(name);
                if (!asks(plug, name, implemented)) {
                    continue;
                }
                if (source(plug, name, implemented, entry.getValue()).isEmpty()) {
                    List<String> exports = plug.part().exports().names();
                    return plug.part() + " does not export \"" + name + "\""
                            + Problems.meant(exports, name).orElseGet(() -> "; it exports " + Problems.list(exports));
                }
                return "\"" + name + "\" of " + node + node.source(name).map(s -> whyShadowed(plug, name, s.node()))
                        .orElse(" is met only by what stands behind " + node + ", which exports it too; give this one"
                                + " after that");
            }
        }
        return "nothing imports \"" + wanted + "\"" + Problems.meant(imports, wanted)
                .orElseGet(() -> "; " + root + " imports " + Problems.list(rootImports.names()));
    }

    private String whyShadowed(Plug plug, String name, Node by) {
        return " is already met by " + by + ", which does not import it; "
                + (importsToo(plugged.get(plug.part()), name)
                        ? "give this one, which does, before it"
                        : "leave one of the two out");
    }

    private String whyUnusedWithoutName(Plug plug) {
        return "it exports nothing that " + root + " imports, or all of that is already met; it exports "
                + Problems.list(plug.part().exports().names()) + ", and " + root + " imports "
                + Problems.list(rootImports.names()) + "; an import of another plug it meets only by name: NAME=" + plug;
    }
}
