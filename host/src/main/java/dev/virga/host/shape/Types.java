package dev.virga.host.shape;

import dev.virga.host.shape.Node.Kind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the type of a record's component by its Java type. */
final class Types {

    private Types() {}

    static Type<?> of(java.lang.reflect.Type java, Field field) {
        if (java instanceof ParameterizedType generic) {
            java.lang.reflect.Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new ListType<>(of(arguments[0], field), field.minItems(), field.maxItems());
            }
            if (generic.getRawType() == Map.class) {
                return new MapType<>(field.keys(), of(arguments[1], field), field.maxItems());
            }
            if (generic.getRawType() == Overrides.class) {
                return new OverridesType<>(Struct.of(((Class<?>) arguments[0]).asSubclass(Record.class)));
            }
        }
        if (java instanceof Class<?> type) {
            return ofClass(type, field);
        }
        throw new IllegalArgumentException("no such field is known: " + java);
    }

    private static Type<?> ofClass(Class<?> type, Field field) {
        if (type == String.class) {
            return string(field.text());
        }
        if (type == int.class || type == Integer.class) {
            return integer(field);
        }
        if (type == boolean.class) {
            return new ScalarType<>(
                    "boolean", "true or false", EnumSet.of(Kind.BOOLEAN), Definitions.schema("type", "boolean"),
                    text -> text.equalsIgnoreCase("true"), value -> value, false);
        }
        if (type == Size.class) {
            return value(Size.class, new Range<>(field.min(), field.max(), Size::bytes, Size::new, Size::toString));
        }
        if (type == Duration.class) {
            return duration(field);
        }
        if (type.isEnum()) {
            return constant(type);
        }
        if (type.isAnnotationPresent(Value.class)) {
            return value(type, Range.all());
        }
        return Struct.of(type.asSubclass(Record.class));
    }

    private static Type<String> string(Text rule) {
        Function<String, String> parse = text -> {
            rule.wrong(text).ifPresent(wrong -> {
                throw new IllegalArgumentException(wrong);
            });
            return text;
        };
        return new ScalarType<>(
                "string", "a string", EnumSet.of(Kind.STRING), rule.schema(), parse, text -> text, false);
    }

    private static Type<Integer> integer(Field field) {
        long max = Math.min(field.max(), Integer.MAX_VALUE);
        Range<Long> range = new Range<>(field.min(), max, Long::longValue, Long::valueOf, String::valueOf);
        Function<String, Integer> parse = text -> range.within(Yaml.integer(text)).intValue();
        return new ScalarType<>(
                "integer",
                "a whole number",
                EnumSet.of(Kind.INTEGER),
                Definitions.schema("type", "integer", "minimum", field.min(), "maximum", max),
                parse,
                value -> value,
                false);
    }

    private static Type<Duration> duration(Field field) {
        Range<Duration> range = new Range<>(
                field.min(),
                Math.min(field.max(), Durations.LONGEST.toMillis()),
                Duration::toMillis,
                Duration::ofMillis,
                Durations::print);
        return new ScalarType<>(
                "duration",
                "a duration such as 30s or 500ms",
                // A number is told that its unit is missing.
                EnumSet.of(Kind.STRING, Kind.INTEGER),
                Definitions.schema("type", "string", "pattern", Durations.PATTERN.pattern()),
                text -> range.within(Durations.parse(text)),
                Durations::print,
                false);
    }

    private static <E> Type<E> constant(Class<E> type) {
        List<String> names = Stream.of(type.getEnumConstants()).map(Object::toString).toList();
        Function<String, E> parse = text -> Stream.of(type.getEnumConstants())
                .filter(constant -> constant.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Quoted.of(text) + " is none of "
                        + String.join(", ", names) + Suggestions.question(text, names).orElse("")));
        return new ScalarType<>(
                String.join(" or ", names),
                "one of " + String.join(", ", names),
                EnumSet.of(Kind.STRING),
                Definitions.schema("type", "string", "enum", names),
                parse,
                Object::toString,
                false);
    }

    /** A class that describes itself. */
    private static <T> Type<T> value(Class<T> type, Range<T> range) {
        Value value = type.getAnnotation(Value.class);
        Method parse = method(type, "parse", String.class);
        Method print = method(type, value.hidden() ? "text" : "toString");
        Map<String, Object> schema = Definitions.schema(
                "type", value.numbers() ? List.of("string", "integer") : "string",
                "pattern", value.pattern(),
                "maxLength", value.maxLength());
        if (value.numbers()) {
            schema.put("minimum", 0);
        }
        Pattern pattern = Pattern.compile(value.pattern());
        Function<String, T> checked = text -> {
            if (text.length() > value.maxLength() || !pattern.matcher(text).matches()) {
                throw new IllegalArgumentException((value.hidden() ? "the value" : Quoted.of(text)) + " is not "
                        + value.words() + "; for example " + value.example());
            }
            return range.within(type.cast(call(parse, null, text)));
        };
        return new ScalarType<>(
                "like `" + value.example() + "`",
                value.words() + " such as " + value.example(),
                value.numbers() ? EnumSet.of(Kind.STRING, Kind.INTEGER) : EnumSet.of(Kind.STRING),
                schema,
                checked,
                made -> call(print, made),
                value.hidden());
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            Method method = type.getMethod(name, parameters);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Object call(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
