package dev.virga.component.runtime;

import dev.virga.component.GuestResource;
import dev.virga.component.abi.ResourceView;
import dev.virga.component.abi.ResourceViews;
import dev.virga.component.type.ResourceType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds the methods of a Java interface to functions that a component exports, and those of its resources. */
public final class ExportBinding implements ResourceViews {

    /** Closes the resource that an object stands for: {@code (Object root, Object resource) → void}. */
    private static final MethodHandle CLOSE;

    static {
        try {
            CLOSE = MethodHandles.dropArguments(
                    MethodHandles.lookup()
                            .findVirtual(GuestResource.class, "close", MethodType.methodType(void.class))
                            .asType(MethodType.methodType(void.class, Object.class)),
                    0,
                    Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Plan plan;
    private final Map<String, Item> exports;
    private final Map<Class<?>, View> views = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private ExportBinding(Plan plan, Map<String, Item> exports) {
        this.plan = plan;
        this.exports = exports;
    }

    /**
     * Makes a class that implements the interface.
     *
     * @param exports the functions and resources, by their names
     * @return its constructor, {@code (Object root, Object null) → Object}
     * @throws IllegalArgumentException listing each method that no function fits
     */
    public static MethodHandle bind(Plan plan, Map<String, Item> exports, Class<?> api) {
        ExportBinding binding = new ExportBinding(plan, exports);
        MethodHandle constructor = binding.implement(api, "", false);
        if (!binding.problems.isEmpty()) {
            throw new IllegalArgumentException(api.getName() + " does not fit what the component exports:\n  "
                    + String.join("\n  ", binding.problems));
        }
        return constructor;
    }

    /** @param resource the name of the resource that the interface stands for; empty for none */
    private MethodHandle implement(Class<?> api, String resource, boolean ofResource) {
        Map<Method, MethodHandle> methods = new LinkedHashMap<>();
        for (Method method : api.getMethods()) {
            if (!Modifier.isAbstract(method.getModifiers())) {
                continue;
            }
            if (ofResource && method.getName().equals("close") && method.getParameterCount() == 0) {
                methods.put(method, CLOSE);
            } else {
                handle(method, resource, ofResource).ifPresent(handle -> methods.put(method, handle));
            }
        }
        if (!problems.isEmpty()) {
            return MethodHandles.empty(MethodType.methodType(Object.class, Object.class, Object.class));
        }
        try {
            MethodHandles.Lookup made = InterfaceClass.define(api, methods);
            MethodHandle constructor = made.findConstructor(
                    made.lookupClass(), MethodType.methodType(void.class, Object.class, Object.class));
            if (ofResource) {
                views.get(api).defined(
                        constructor, made.findGetter(made.lookupClass(), "resource", Object.class), made.lookupClass());
            }
            return constructor.asType(constructor.type().changeReturnType(Object.class));
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException("the package of " + api.getName() + " must be open to Virga: " + e.getMessage());
        } catch (NoSuchMethodException | NoSuchFieldException e) {
            throw new LinkageError("generated class for " + api.getName(), e);
        }
    }

    /** {@code (Object root, Object resource, parameters) → result} */
    private Optional<MethodHandle> handle(Method method, String resource, boolean ofResource) {
        String where = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        List<Map.Entry<String, Item>> found = exports.entrySet().stream()
                .filter(e -> e.getValue() instanceof Item.Func)
                .filter(e -> ofResource
                        ? e.getKey().startsWith(JavaNames.methodsOf(resource))
                        : !JavaNames.isMethod(e.getKey()))
                .filter(e -> JavaNames.fits(method.getName(), e.getKey()))
                .toList();
        if (found.size() != 1) {
            problems.add(where + ": " + (found.isEmpty() ? "no" : "more than one") + " exported function is called so"
                    + "; there are " + exports.keySet());
            return Optional.empty();
        }
        List<Type> parameters = new ArrayList<>();
        if (ofResource) {
            parameters.add(GuestResource.class);
        }
        parameters.addAll(Arrays.asList(method.getGenericParameterTypes()));
        try {
            Item.Func function = (Item.Func) found.getFirst().getValue();
            MethodHandle handle = new Export(plan, function).handle(method.getGenericReturnType(), parameters, this);
            MethodType objects = handle.type().changeParameterType(0, Object.class);
            if (ofResource) {
                return Optional.of(handle.asType(objects.changeParameterType(1, Object.class)));
            }
            return Optional.of(MethodHandles.dropArguments(handle.asType(objects), 1, Object.class));
        } catch (IllegalArgumentException e) {
            problems.add(where + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Optional<ResourceView> view(ResourceType resource, Class<?> java) {
        if (!(resource instanceof GuestResourceType) || java.isAssignableFrom(GuestResource.class)) {
            return Optional.empty();
        }
        Optional<String> name = exports.entrySet().stream()
                .filter(e -> e.getValue() instanceof Item.Type(var type) && type.filter(resource::equals).isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
        if (name.isEmpty() || !java.isInterface()) {
            throw new IllegalArgumentException("the resource " + resource + " is a GuestResource"
                    + (name.isEmpty() ? "" : ", or an interface with its methods,") + " in Java, not " + java.getName());
        }
        View known = views.get(java);
        if (known == null) {
            known = new View(java);
            views.put(java, known);
            implement(java, name.get(), true);
        }
        return Optional.of(known);
    }

    /** Objects of a generated class. */
    private static final class View implements ResourceView {
        private final Class<?> api;
        private MethodHandle constructor;
        private MethodHandle resource;
        private Class<?> made = Void.class;

        View(Class<?> api) {
            this.api = api;
        }

        void defined(MethodHandle init, MethodHandle getter, Class<?> generated) {
            constructor = init.asType(MethodType.methodType(Object.class, Object.class, Object.class));
            resource = getter.asType(MethodType.methodType(Object.class, Object.class));
            made = generated;
        }

        @Override
        public Object wrap(Object lifted) {
            try {
                return (Object) constructor.invokeExact((Object) ((HostHandle) lifted).root(), lifted);
            } catch (Throwable e) {
                throw Calls.<RuntimeException>sneak(e);
            }
        }

        @Override
        public Object unwrap(Object value) {
            if (!made.isInstance(value)) {
                throw new IllegalArgumentException("a " + api.getName()
                        + " must be one that the component gave out, not a " + value.getClass().getName());
            }
            try {
                return (Object) resource.invokeExact(value);
            } catch (Throwable e) {
                throw Calls.<RuntimeException>sneak(e);
            }
        }
    }
}
