package dev.virga.cli.project;

import dev.virga.component.CallTrace;
import dev.virga.component.Result;
import dev.virga.wasi.Harmless;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** Prints each call of a guest on a line, however large its values are. */
final class TraceText implements CallTrace {

    private static final int MOST_TEXT = 60;
    private static final int MOST_ITEMS = 5;
    private static final int DEEPEST = 4;

    private final Consumer<String> lines;

    TraceText(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void returned(String function, Object[] arguments, Object result, long nanos) {
        String returned = result == null ? "" : " -> " + text(result, 0);
        lines.accept(call(function, arguments) + returned + time(nanos));
    }

    @Override
    public void failed(String function, Object[] arguments, Throwable failure, long nanos) {
        lines.accept(call(function, arguments) + " failed: " + cut(String.valueOf(failure.getMessage())) + time(nanos));
    }

    private static String call(String function, Object[] arguments) {
        StringJoiner all = new StringJoiner(", ", "(", ")");
        for (Object argument : arguments) {
            all.add(text(argument, 0));
        }
        return function + all;
    }

    private static String time(long nanos) {
        return nanos < 1_000_000 ? "  " + nanos / 1000 + " µs" : "  " + nanos / 1_000_000 + " ms";
    }

    private static String text(Object value, int depth) {
        return switch (value) {
            case null -> "()";
            case Object _ when depth > DEEPEST -> "…";
            case String s -> '"' + cut(s) + '"';
            case Number _, Boolean _ -> value.toString();
            case Enum<?> e -> name(e.name());
            case byte[] bytes -> bytes.length + " bytes";
            case Optional<?> o -> o.map(v -> text(v, depth + 1)).orElse("none");
            case Result.Ok<?, ?>(Object ok) -> "ok" + (ok == null ? "" : " " + text(ok, depth + 1));
            case Result.Err<?, ?>(Object err) -> "error" + (err == null ? "" : " " + text(err, depth + 1));
            case Collection<?> items -> items(items, depth);
            case Map<?, ?> map -> map.size() + " entries";
            case Record r -> record(r, depth);
            case Object o when o.getClass().isArray() -> Array.getLength(o) + " numbers";
            case Object o -> name(o.getClass().getSimpleName()) + "#" + Integer.toHexString(System.identityHashCode(o));
        };
    }

    private static String items(Collection<?> items, int depth) {
        StringJoiner all = new StringJoiner(", ", "[", "]");
        items.stream().limit(MOST_ITEMS).forEach(item -> all.add(text(item, depth + 1)));
        return items.size() > MOST_ITEMS ? items.size() + " items: " + all : all.toString();
    }

    private static String record(Record value, int depth) {
        StringJoiner all = new StringJoiner(", ", "{", "}");
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                all.add(component.getName() + ": " + text(component.getAccessor().invoke(value), depth + 1));
            } catch (ReflectiveOperationException e) {
                all.add(component.getName() + ": …");
            }
        }
        String fields = all.toString();
        return name(value.getClass().getSimpleName()) + (fields.equals("{}") ? "" : " " + fields);
    }

    /** As WIT writes it. */
    private static String name(String given) {
        return given.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    }

    private static String cut(String text) {
        return Harmless.text(text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "…" : text);
    }
}
