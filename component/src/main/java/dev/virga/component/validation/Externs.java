package dev.virga.component.validation;

import dev.virga.component.binary.ExternName;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The imports or the exports of something as they are collected, with the rules for their names. */
final class Externs {

    private final String what;
    private final Context context;
    private final Map<String, ExternDesc> items = new LinkedHashMap<>();
    private final Set<String> unique = new HashSet<>();
    /** The resource types that are imported or exported here, told apart by the name they came by. */
    private final Map<ResourceType, String> resources = new IdentityHashMap<>();
    private final Set<String> resourceNames = new HashSet<>();

    /** @param what {@code import} or {@code export} */
    Externs(String what, Context context) {
        this.what = what;
        this.context = context;
    }

    Map<String, ExternDesc> items() {
        return items;
    }

    void add(ExternName name, ExternDesc type) {
        Names.ExternName parsed = Names.parse(name.text(), context);
        attributes(name, parsed, type);
        switch (parsed) {
            case Names.Plain p -> {}
            case Names.Interface i -> {}
            case Names.Constructor c -> constructor(name.text(), c, type);
            case Names.Member m -> member(name.text(), m, type);
        }
        if (!unique.add(parsed.unique())) {
            throw context.invalid(what + " name `" + name.text() + "` conflicts with a previous name");
        }
        items.put(name.text(), type);
    }

    /** Lets names of constructors and members refer to a resource type that is added next. */
    void register(String name, ResourceType type) {
        resources.put(type, name);
        resourceNames.add(name);
    }

    private void attributes(ExternName name, Names.ExternName parsed, ExternDesc type) {
        if (name.implemented().isPresent()) {
            if (!(parsed instanceof Names.Plain) || !(type instanceof ExternDesc.Instance)) {
                throw context.invalid(what + " `" + name.text()
                        + "`: only an instance with a plain name can have an `implements`");
            }
            Names.parseInterface(name.implemented().get(), context);
        }
        if (name.versionSuffix().isPresent()) {
            Optional<Names.Interface> subject = name.implemented().isPresent()
                    ? Optional.of(Names.parseInterface(name.implemented().get(), context))
                    : parsed instanceof Names.Interface i ? Optional.of(i) : Optional.empty();
            Optional<String> version = subject.flatMap(Names.Interface::version);
            if (version.isEmpty()
                    || !Names.isCanonicalVersion(version.get())
                    || !Names.isSemver(version.get() + name.versionSuffix().get())) {
                throw context.invalid(what + " `" + name.text() + "`: invalid interface version: `"
                        + name.versionSuffix().get() + "` does not complete a canonical version");
            }
        }
    }

    private void constructor(String name, Names.Constructor parsed, ExternDesc type) {
        FunctionType function = function(name, type);
        if (function.async()) {
            throw invalid(name, "a constructor cannot be async");
        }
        ValueType result = function.result().orElseThrow(() -> invalid(name, "function should return one value"));
        ValueType made = result instanceof ValueType.Result(var ok, var error) && ok.isPresent() ? ok.get() : result;
        if (!(made instanceof ValueType.Own(ResourceType resource))) {
            throw invalid(name, "function should return `(own $T)` or `(result (own $T))`");
        }
        expect(name, resource, parsed.resource());
    }

    private void member(String name, Names.Member parsed, ExternDesc type) {
        FunctionType function = function(name, type);
        if (parsed.isStatic()) {
            if (!resourceNames.contains(parsed.resource())) {
                throw invalid(name, "static resource name is not known in this context");
            }
            return;
        }
        if (function.params().isEmpty()) {
            throw invalid(name, "function should have at least one argument");
        }
        FunctionType.Param self = function.params().getFirst();
        if (!self.name().equals("self")) {
            throw invalid(name, "function should have a first argument called `self`");
        }
        if (!(self.type() instanceof ValueType.Borrow(ResourceType resource))) {
            throw invalid(name, "function should take a first argument of `(borrow $T)`");
        }
        expect(name, resource, parsed.resource());
    }

    private FunctionType function(String name, ExternDesc type) {
        if (type instanceof ExternDesc.Func(FunctionType function)) {
            return function;
        }
        throw invalid(name, "item is not a func");
    }

    private void expect(String name, ResourceType resource, String label) {
        String known = resources.get(resource);
        if (known == null) {
            throw invalid(name, "resource used in function does not have a name in this context");
        }
        if (!known.equals(label)) {
            throw invalid(name, "function does not match expected resource name `" + known + "`");
        }
    }

    private RuntimeException invalid(String name, String why) {
        return context.invalid(what + " name `" + name + "` is not valid: " + why);
    }
}
