package dev.virga.component.validation;

import dev.virga.component.type.ComponentType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A component instantiated with arguments, as far as types tell (Explainer, "Instance
 * Definitions").
 *
 * @param type what the instance exports; of no use where there are problems
 * @param defined the resource types that belong to the instance, as far as its exports show them
 * @param problems the imports that their arguments do not fit
 */
public record Instantiation(InstanceType type, List<ResourceType> defined, List<Problem> problems) {

    /**
     * An import or export that should be there or be of another type.
     *
     * @param actual empty if there is none of this name
     * @param why what the first difference is
     * @param parts the exports that do not fit, where both are instances
     */
    public record Problem(
            String name, ExternDesc expected, Optional<ExternDesc> actual, String why, List<Problem> parts) {}

    /**
     * @param arguments by the names of the imports, in plain string equality
     * @throws dev.virga.component.ComponentException.Invalid if the types are too large to compare
     */
    public static Instantiation of(ComponentType component, Map<String, ExternDesc> arguments) {
        return of(new Context(), component, arguments);
    }

    static Instantiation of(Context context, ComponentType component, Map<String, ExternDesc> arguments) {
        Subtyping subtyping = new Subtyping(context);
        subtyping.open(component.importedResources());
        List<Problem> problems = problems(subtyping, arguments, component.imports());
        context.charge(component.definedResources().size());
        Map<ResourceType, ResourceType> resources = Boundary.fresh(component.definedResources());
        List<ResourceType> defined = List.copyOf(resources.values());
        resources.putAll(subtyping.bound());
        return new Instantiation(
                new InstanceType(new Substitution(context, resources, subtyping.renamed()).apply(component.exports())),
                defined,
                problems);
    }

    private static List<Problem> problems(
            Subtyping subtyping, Map<String, ExternDesc> actual, Map<String, ExternDesc> expected) {
        List<Problem> problems = new ArrayList<>();
        expected.forEach((name, wanted) -> {
            ExternDesc found = actual.get(name);
            if (found == null) {
                problems.add(new Problem(name, wanted, Optional.empty(), "missing", List.of()));
                return;
            }
            subtyping.check(found, wanted).ifPresent(why -> {
                List<Problem> parts = found instanceof ExternDesc.Instance(InstanceType a)
                                && wanted instanceof ExternDesc.Instance(InstanceType e)
                        ? problems(subtyping, a.exports(), e.exports())
                        : List.of();
                problems.add(new Problem(name, wanted, Optional.of(found), why, parts));
            });
        });
        return problems;
    }
}
