package dev.virga.component.abi;

import dev.virga.component.ErrorContext;
import dev.virga.component.RecordValue;
import dev.virga.component.Result;
import dev.virga.component.StreamReader;
import dev.virga.component.Tuple;
import dev.virga.component.VariantValue;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Primitive;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;

/**
 * Makes codecs from component types and the Java types that stand for them, as {@link
 * dev.virga.component.HostInterface} documents. Where the Java type says nothing, {@code Object}, the
 * dynamic mapping holds.
 */
final class JavaMapping {

    private final TypeMapping dynamic = new TypeMapping(new DynamicShapes());
    private final ResourceViews views;
    private int depth;

    JavaMapping(ResourceViews views) {
        this.views = views;
    }

    /** @param path where in the whole value this type stands, for messages */
    Codec codec(ValueType type, Type java, String path) {
        if (java == Object.class) {
            return dynamic.codec(type);
        }
        Layouts.checkDepth(++depth);
        Codec codec = make(type, java, JavaTypes.raw(java), path);
        depth--;
        return codec;
    }

    private Codec make(ValueType type, Type java, Class<?> raw, String path) {
        return switch (type) {
            case Primitive.STRING -> require(raw == String.class, type, "String", java, path, StringCodec.STRING);
            case Primitive.ERROR_CONTEXT -> require(raw == ErrorContext.class, type, "ErrorContext", java, path,
                    ErrorContextCodec.ERROR_CONTEXT);
            case Primitive p -> scalar(p, java, raw, path);
            case ValueType.Record r -> product(
                    r, r.fields().stream().map(ValueType.Field::name).toList(), Layouts.fieldTypes(r), java, raw, path);
            case ValueType.Tuple t -> product(t, List.of(), t.types(), java, raw, path);
            case ValueType.Variant v -> variant(v, java, raw, path);
            case ValueType.Option(var payload) -> require(raw == Optional.class, type, "Optional", java, path,
                    new SumCodec(SumShapes.OPTION, List.of(
                            Unit.UNIT, codec(payload, argument(raw, Optional.class, java, 0), path + "(some)"))));
            case ValueType.Result r -> require(raw == Result.class, type, "Result", java, path,
                    new SumCodec(SumShapes.RESULT, List.of(
                            payload(r.ok(), argument(raw, Result.class, java, 0), path + "(ok)"),
                            payload(r.error(), argument(raw, Result.class, java, 1), path + "(err)"))));
            case ValueType.Enum(var labels) -> enumeration(type, labels, java, raw, path);
            case ValueType.Flags(var labels) -> flags(type, labels, java, raw, path);
            case ValueType.ListOf(var element) -> raw.isArray()
                    ? array(type, element, java, raw, path)
                    : require(raw == List.class, type, listClass(element), java, path,
                            new ListCodec(codec(element, argument(raw, List.class, java, 0), path + "[]")));
            case ValueType.FixedList(var element, int length) -> require(raw == List.class, type, "List", java, path,
                    new FixedListCodec(codec(element, argument(raw, List.class, java, 0), path + "[]"), length));
            case ValueType.MapOf(var key, var value) -> require(raw == Map.class, type, "Map", java, path,
                    new MapCodec(
                            codec(key, argument(raw, Map.class, java, 0), path + "(key)"),
                            codec(value, argument(raw, Map.class, java, 1), path + "(value)")));
            case ValueType.Own(var resource) -> require(!raw.isPrimitive() && !raw.isArray(), type,
                    "the resource's class", java, path,
                    new HandleCodec(resource, true, raw, views.view(resource, raw)));
            case ValueType.Borrow(var resource) -> require(!raw.isPrimitive() && !raw.isArray(), type,
                    "the resource's class", java, path,
                    new HandleCodec(resource, false, raw, views.view(resource, raw)));
            case ValueType.Stream(var element) -> stream(type, element, java, raw, path);
            case ValueType.Future(var payload) -> require(raw == Future.class, type, "Future", java, path,
                    new AsyncValueCodec(type, element(payload, java, raw == Future.class, path), Future.class));
        };
    }

    private Codec stream(ValueType type, Optional<ValueType> element, Type java, Class<?> raw, String path) {
        Class<?> expected = streamClass(element);
        return require(raw == expected, type, expected.getSimpleName(), java, path,
                new AsyncValueCodec(type, element(element, java, raw == StreamReader.class, path), expected));
    }

    /** What stands for a stream in Java. */
    static Class<?> streamClass(Optional<ValueType> element) {
        return element.filter(e -> e == Primitive.U8).isPresent() ? InputStream.class : StreamReader.class;
    }

    /** The codec of the elements of a stream or future, whose Java class may have a type argument. */
    private Optional<Codec> element(Optional<ValueType> element, Type java, boolean generic, String path) {
        return element.map(e -> codec(e, generic ? JavaTypes.argument(java, 0) : Object.class, path + "[]"));
    }

    private static Codec scalar(Primitive type, Type java, Class<?> raw, String path) {
        Scalar scalar = Scalar.of(type);
        boolean fits = raw == scalar.carrier() || raw == scalar.box();
        return require(fits, type, scalar.carrier().getName(), java, path, scalar);
    }

    private Codec product(
            ValueType type, List<String> names, List<ValueType> types, Type java, Class<?> raw, String path) {
        if (raw == RecordValue.class || raw == Tuple.class) {
            return require((raw == Tuple.class) == (type instanceof ValueType.Tuple), type, "a Java record", java, path,
                    dynamic.codec(type));
        }
        require(raw.isRecord(), type, "a Java record", java, path, null);
        JavaRecord shape = JavaRecord.of(raw, path);
        List<String> components = shape.names();
        if (components.size() != types.size()) {
            throw mismatch(path, "the Java record " + raw.getName() + " has " + components.size()
                    + " components, not the " + types.size() + " of the " + Layouts.kind(type)
                    + (names.isEmpty() ? "" : " " + names));
        }
        List<Codec> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String name = components.get(i);
            if (!names.isEmpty() && !JavaTypes.sameName(names.get(i), name)) {
                throw mismatch(path, "component " + i + " of the Java record " + raw.getName() + " is " + name
                        + " where the record has the field " + names.get(i));
            }
            fields.add(codec(types.get(i), JavaTypes.resolve(shape.types().get(i), java), path + "." + name));
        }
        return new ProductCodec(shape, fields);
    }

    private Codec variant(ValueType.Variant type, Type java, Class<?> raw, String path) {
        if (raw == VariantValue.class) {
            return dynamic.codec(type);
        }
        require(raw.isInterface() && raw.isSealed(), type, "a sealed interface", java, path, null);
        Class<?>[] permitted = raw.getPermittedSubclasses();
        if (permitted.length != type.cases().size()) {
            throw mismatch(path, "the sealed interface " + raw.getName() + " permits " + permitted.length
                    + " classes, where the variant has the cases "
                    + type.cases().stream().map(ValueType.Case::name).toList());
        }
        List<JavaRecord> records = new ArrayList<>();
        List<Codec> payloads = new ArrayList<>();
        for (int i = 0; i < permitted.length; i++) {
            ValueType.Case c = type.cases().get(i);
            String casePath = path + "(" + c.name() + ")";
            if (!permitted[i].isRecord() || !JavaTypes.sameName(c.name(), permitted[i].getSimpleName())) {
                throw mismatch(casePath, "case " + i + " is " + permitted[i].getName()
                        + " in Java, which is no record of the case's name");
            }
            JavaRecord shape = JavaRecord.of(permitted[i], casePath);
            int components = c.type().isPresent() ? 1 : 0;
            if (shape.types().size() != components) {
                throw mismatch(casePath, "the record " + permitted[i].getName() + " has " + shape.types().size()
                        + " components, not " + components + "; a payload is one component");
            }
            records.add(shape);
            payloads.add(c.type().isPresent()
                    ? codec(c.type().get(), JavaTypes.resolve(shape.types().getFirst(), permitted[i]), casePath)
                    : Unit.UNIT);
        }
        return new SumCodec(JavaVariant.of(raw, records), payloads);
    }

    private Codec payload(Optional<ValueType> type, Type java, String path) {
        if (type.isPresent()) {
            return codec(type.get(), java, path);
        }
        if (java != Void.class && java != Object.class) {
            throw mismatch(path, "there is no payload, so the Java type is Void, not " + java.getTypeName());
        }
        return Unit.UNIT;
    }

    private Codec enumeration(ValueType type, List<String> labels, Type java, Class<?> raw, String path) {
        if (raw == String.class) {
            return dynamic.codec(type);
        }
        return new EnumCodec(raw, List.of(constants(type, labels, java, raw, path)));
    }

    private Codec flags(ValueType type, List<String> labels, Type java, Class<?> raw, String path) {
        require(raw == Set.class, type, "a Set", java, path, null);
        Type element = argument(raw, Set.class, java, 0);
        if (element == Object.class || element == String.class) {
            return dynamic.codec(type);
        }
        Class<?> constants = JavaTypes.raw(element);
        constants(type, labels, element, constants, path + "[]");
        return new FlagsCodec(labels.size(), FlagSets.of(constants));
    }

    private static Object[] constants(ValueType type, List<String> labels, Type java, Class<?> raw, String path) {
        require(raw.isEnum(), type, "a Java enum", java, path, null);
        Object[] constants = raw.getEnumConstants();
        boolean same = constants.length == labels.size();
        for (int i = 0; same && i < constants.length; i++) {
            same = JavaTypes.sameName(labels.get(i), ((Enum<?>) constants[i]).name());
        }
        if (!same) {
            throw mismatch(path, "the Java enum " + raw.getName() + " has the constants " + List.of(constants)
                    + " where the type has the labels " + labels);
        }
        return constants;
    }

    private static Codec array(ValueType type, ValueType element, Type java, Class<?> raw, String path) {
        if (element instanceof Primitive p && p != Primitive.STRING && p != Primitive.ERROR_CONTEXT) {
            Scalar scalar = Scalar.of(p);
            if (ArrayCodec.fits(scalar)) {
                return require(raw == scalar.carrier().arrayType(), type, listClass(element), java, path,
                        new ArrayCodec(scalar));
            }
        }
        throw mismatch(path, Layouts.kind(type) + " is a List in Java, not " + java.getTypeName());
    }

    private static String listClass(ValueType element) {
        return element == Primitive.U8 ? "byte[]" : "List";
    }

    /** A type argument, or Object where the class is another one; that is refused after. */
    private static Type argument(Class<?> raw, Class<?> expected, Type java, int index) {
        return raw == expected ? JavaTypes.argument(java, index) : Object.class;
    }

    private static Codec require(
            boolean fits, ValueType type, String expected, Type java, String path, Codec codec) {
        if (!fits) {
            throw mismatch(path, Layouts.kind(type) + " is " + expected + " in Java, not " + java.getTypeName());
        }
        return codec;
    }

    static IllegalArgumentException mismatch(String path, String message) {
        return new IllegalArgumentException(path.isEmpty() ? message : path + ": " + message);
    }
}
