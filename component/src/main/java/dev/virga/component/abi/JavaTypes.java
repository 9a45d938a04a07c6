package dev.virga.component.abi;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;

/** Generic Java types. */
final class JavaTypes {

    private JavaTypes() {}

    /** A generic type whose arguments were resolved. */
    private record Resolved(Class<?> rawType, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return rawType;
        }

        @Override
        public Type getOwnerType() {
            return rawType.getDeclaringClass();
        }

        @Override
        public String getTypeName() {
            return rawType.getName() + arguments.stream().map(Type::getTypeName).toList();
        }
    }

    static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> c -> c;
            case ParameterizedType p -> (Class<?>) p.getRawType();
            case WildcardType w -> raw(w.getUpperBounds()[0]);
            default -> throw new IllegalArgumentException(
                    "the Java type " + type.getTypeName() + " is not known; give its arguments");
        };
    }

    /** A type argument; Object for a raw type. */
    static Type argument(Type type, int index) {
        if (!(type instanceof ParameterizedType generic)) {
            return Object.class;
        }
        Type argument = generic.getActualTypeArguments()[index];
        return argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
    }

    /** The type with the type variables of the class that it stands in replaced by its arguments. */
    static Type resolve(Type type, Type context) {
        return switch (type) {
            case TypeVariable<?> variable -> {
                int index = Arrays.asList(raw(context).getTypeParameters()).indexOf(variable);
                yield index < 0 || !(context instanceof ParameterizedType) ? variable : argument(context, index);
            }
            case ParameterizedType p -> new Resolved(
                    (Class<?>) p.getRawType(),
                    Arrays.stream(p.getActualTypeArguments()).map(argument -> resolve(argument, context)).toList());
            case WildcardType wildcard -> resolve(wildcard.getUpperBounds()[0], context);
            default -> type;
        };
    }

    /** Whether a kebab-case label and a Java name are the same words; Java keywords may end with an underscore. */
    static boolean sameName(String label, String java) {
        return label.replace("-", "").equalsIgnoreCase(java.replace("_", ""));
    }
}
