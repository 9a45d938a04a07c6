package dev.virga.component.compose;

import dev.virga.component.runtime.TypeText;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.component.validation.Instantiation;
import dev.virga.component.validation.Instantiation.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks that what each import is met with has its type. */
final class TypeCheck {

    private final OpenImports open;
    private final Map<String, ExternDesc> imported;
    private final Map<Node, InstanceType> instances = new IdentityHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private TypeCheck(OpenImports open, Map<String, ExternDesc> imported) {
        this.open = open;
        this.imported = imported;
    }

    /**
     * @param order as {@link Order} has it, the root last
     * @param imported the types of the result's imports, by name
     * @throws dev.virga.component.ComponentException.Link listing everything that does not fit
     */
    static void run(List<Node> order, OpenImports open, Map<String, ExternDesc> imported) {
        TypeCheck check = new TypeCheck(open, imported);
        order.forEach(check::instantiate);
        Problems.refuse(order.getLast().part(), check.problems);
    }

    /** A node whose own arguments do not fit is left out, and so are those that are given parts of it. */
    private void instantiate(Node node) {
        if (!node.met().stream().allMatch(name -> instances.containsKey(node.source(name).orElseThrow().node()))) {
            return;
        }
        Map<String, ExternDesc> arguments = new HashMap<>();
        node.imports().keySet().forEach(name -> arguments.put(name, argument(node, name)));
        Instantiation made = Instantiation.of(node.part().type(), arguments);
        made.problems().forEach(problem -> problems.add(text(node, problem)));
        if (made.problems().isEmpty()) {
            instances.put(node, made.type());
        }
    }

    private ExternDesc argument(Node node, String name) {
        return node.source(name).map(this::type).orElseGet(() -> imported.get(open.name(name)));
    }

    private ExternDesc type(Source source) {
        return switch (source) {
            case Source.One(Node by, String export) -> instances.get(by).exports().get(export);
            case Source.All(Node by, String _) -> new ExternDesc.Instance(instances.get(by));
            case Source.TypeOf(Source of, String type) -> exports(type(of)).get(type);
        };
    }

    /** None where the instance is not even one; then the import that it is for is a problem of its own. */
    private static Map<String, ExternDesc> exports(ExternDesc instance) {
        return instance instanceof ExternDesc.Instance(InstanceType type) ? type.exports() : Map.of();
    }

    private String text(Node node, Problem problem) {
        String name = problem.name();
        String subject = "\"" + name + "\" of " + node;
        return switch (node.source(name).orElse(null)) {
            case null -> {
                String users = open.users(name).stream().map(Node::toString).distinct().collect(Collectors.joining(", "));
                yield subject + " is of another type where others import it (" + users + " do); meet one of them, or"
                        + " build both against the same version:" + details(problem);
            }
            case Source.One(Node by, String export) -> subject + " is not what " + by + " exports as \"" + export
                    + "\"; build both against the same version, or meet it with another component:" + details(problem);
            case Source.All(Node by, String _) -> subject + " is not what " + by + " exports, which has no export of"
                    + " this name; name the import as an export is named, or meet it with another component:"
                    + details(problem);
            case Source.TypeOf(Source of, String type) -> subject + " is not the type \"" + type + "\" of what "
                    + of.node() + " exports:" + details(problem);
        };
    }

    private static String details(Problem problem) {
        return problem.parts().isEmpty()
                ? "\n    " + difference(problem)
                : problem.parts().stream()
                        .map(part -> "\n    \"" + part.name() + "\": " + difference(part))
                        .collect(Collectors.joining());
    }

    private static String difference(Problem problem) {
        String expected = text(problem.expected());
        if (problem.actual().isEmpty()) {
            return "expected " + expected + ", found nothing of this name";
        }
        return isResource(problem.expected()) && isResource(problem.actual().get())
                ? "expected the resource of another import, found one of its own; an interface and those whose types it"
                        + " uses must be met by the same component"
                : "expected " + expected + ", found " + text(problem.actual().get()) + " (" + problem.why() + ")";
    }

    private static boolean isResource(ExternDesc type) {
        return type instanceof ExternDesc.Type(ResourceType _);
    }

    private static String text(ExternDesc type) {
        return switch (type) {
            case ExternDesc.Func(FunctionType function) -> TypeText.of(function);
            case ExternDesc.Type(ValueType value) -> "type " + TypeText.of(value);
            case ExternDesc.Type(FunctionType function) -> "type " + TypeText.of(function);
            default -> TypeText.kind(type);
        };
    }
}
