package dev.virga.component.runtime;

import dev.virga.component.abi.Codec;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.wit.WitTypes;
import dev.virga.wit.Interface;
import dev.virga.wit.TypeDef;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Binds the functions of a WIT interface to the methods of Java classes. */
public final class HostBinding {

    private final Interface wit;
    private final Class<?> api;
    private final Implementation implementation;
    private final Map<String, Class<?>> classes;
    private final HostResources resources;
    private final List<String> problems = new ArrayList<>();

    public HostBinding(
            Interface wit,
            Class<?> api,
            BiFunction<Object, Optional<String>, Object> implementation,
            Map<String, Class<?>> classes,
            HostResources resources) {
        this.wit = wit;
        this.api = api;
        this.implementation = new Implementation(implementation);
        this.classes = classes;
        this.resources = resources;
    }

    /**
     * The interface as a linker offers it.
     *
     * @throws IllegalArgumentException listing each function that has no fitting method
     */
    public Item bind() {
        WitTypes types = new WitTypes(resources::type);
        Map<String, Item> exports = new LinkedHashMap<>();
        for (TypeDef type : wit.types()) {
            exports.put(type.name(), type(type, types));
        }
        classes.keySet().stream()
                .filter(name -> wit.findType(name).filter(TypeDef::isResource).isEmpty())
                .forEach(name -> problems.add("there is no resource " + name));
        for (dev.virga.wit.Function function : wit.functions()) {
            function(function, types.function(function))
                    .ifPresent(bound -> exports.put(function.externName(), new Item.Host(bound)));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    wit.id() + " does not fit " + api.getName() + ":\n  " + String.join("\n  ", problems));
        }
        return new Item.Instance(exports);
    }

    private Item.Type type(TypeDef definition, WitTypes types) {
        if (!definition.isResource()) {
            return Item.Type.of(types.value(new dev.virga.wit.Type.Named(definition)));
        }
        ResourceType resource = types.resource(definition);
        Class<?> javaClass = classes.get(definition.name());
        if (javaClass != null) {
            resources.implementedBy(definition.origin(), javaClass);
        } else if (definition.kind() instanceof TypeDef.Kind.Resource) {
            problems.add("resource " + definition.name() + ": its class was not told; call .resource(\""
                    + definition.name() + "\", …)");
        }
        return Item.Type.of(resource);
    }

    private Optional<HostFunction> function(dev.virga.wit.Function declared, FunctionType type) {
        boolean method = declared.kind() instanceof dev.virga.wit.Function.Kind.Method;
        Class<?> owner = method ? classes.get(declared.resource().orElseThrow()) : api;
        if (owner == null) {
            return Optional.empty(); // the resource without a class is a problem already
        }
        int javaParams = type.params().size() - (method ? 1 : 0);
        String name = JavaNames.method(declared.externName());
        List<Method> found = Arrays.stream(owner.getMethods())
                .filter(m -> !m.isBridge() && !Modifier.isStatic(m.getModifiers()))
                .filter(m -> JavaNames.fits(m.getName(), declared.externName()))
                .filter(m -> m.getDeclaringClass() != Object.class && m.getParameterCount() == javaParams)
                .toList();
        String where = declared.externName() + ": " + owner.getSimpleName();
        if (found.size() != 1) {
            problems.add(where + (found.isEmpty() ? " has no" : " has more than one") + " public method " + name
                    + " with " + javaParams + " parameters, for " + TypeText.of(type));
            return Optional.empty();
        }
        try {
            return Optional.of(bound(found.getFirst(), method ? Optional.of(owner) : Optional.empty(), type));
        } catch (IllegalArgumentException e) {
            problems.add(where + "." + found.getFirst().getName() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private HostFunction bound(Method method, Optional<Class<?>> self, FunctionType type) {
        List<Type> java = new ArrayList<>();
        self.ifPresent(java::add);
        java.addAll(List.of(method.getGenericParameterTypes()));
        List<Codec> params = new ArrayList<>();
        for (int i = 0; i < java.size(); i++) {
            params.add(part(type.params().get(i).name(), type.params().get(i).type(), java.get(i)));
        }
        Type returned = method.getGenericReturnType();
        if (type.result().isEmpty() && returned != void.class) {
            throw new IllegalArgumentException("must return nothing, but returns " + returned);
        }
        Optional<Codec> result = type.result().map(r -> part("the result", r, returned));
        try {
            // classes of implementations need not be public
            method.setAccessible(true);
        } catch (java.lang.reflect.InaccessibleObjectException e) {
            throw new IllegalArgumentException("cannot be called: " + e.getMessage());
        }
        return new HostFunction(type, params, result, () -> handle(method, self.isPresent()), implementation);
    }

    /** {@code (Object implementation, params) → result} */
    private static MethodHandle handle(Method method, boolean ofResource) {
        try {
            MethodHandle handle = MethodHandles.lookup().unreflect(method);
            return ofResource
                    ? MethodHandles.dropArguments(handle, 0, Object.class)
                    : handle.asType(handle.type().changeParameterType(0, Object.class));
        } catch (IllegalAccessException e) {
            throw new LinkageError("an accessible method, " + method, e);
        }
    }

    private static Codec part(String name, dev.virga.component.type.ValueType type, Type java) {
        try {
            return Codec.of(type, java);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage());
        }
    }
}
