package dev.virga.wasi.http;

import dev.virga.component.Result;
import dev.virga.engine.Trap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * {@code wasi:http/types.fields}: headers or trailers, in order. Names are kept in lower case, as
 * HTTP/2 has them.
 */
public final class Fields {

    /** What a field costs beyond its text (the formula of RFC 9113, 6.5.2); also bounds their number. */
    private static final int OVERHEAD = 32;

    private final List<FieldEntry> entries;
    private final int limit;
    private final boolean mutable;
    private int size;

    private Fields(List<FieldEntry> entries, int size, int limit, boolean mutable) {
        this.entries = entries;
        this.size = size;
        this.limit = limit;
        this.mutable = mutable;
    }

    /** Empty ones that a guest may change. */
    static Fields mutable(int limit) {
        return new Fields(new ArrayList<>(), 0, limit, true);
    }

    /** From the wire, for a guest to read: without the fields that are the host's business. */
    public static Fields received(HttpFields fields, int limit) {
        return received(fields, limit, name -> !FieldSyntax.forbidden(name));
    }

    /** Trailers from the wire; fields that must not be there are left out. */
    static Fields receivedTrailers(HttpFields fields, int limit) {
        return received(fields, limit, FieldSyntax::mayTrail);
    }

    private static Fields received(HttpFields fields, int limit, Predicate<String> wanted) {
        List<FieldEntry> entries = new ArrayList<>(fields.size());
        int size = 0;
        for (HttpField field : fields) {
            String name = field.getLowerCaseName();
            if (wanted.test(name)) {
                String text = field.getValue();
                byte[] value = text == null ? new byte[0] : text.getBytes(StandardCharsets.ISO_8859_1);
                entries.add(new FieldEntry(name, value));
                size += cost(name, value);
            }
        }
        return new Fields(List.copyOf(entries), size, limit, false);
    }

    /** {@code [method]fields.get}. */
    public List<byte[]> get(String name) {
        List<byte[]> values = new ArrayList<>();
        FieldSyntax.name(name).ifPresent(key -> {
            for (FieldEntry entry : entries) {
                if (entry.name().equals(key)) {
                    values.add(entry.value());
                }
            }
        });
        return values;
    }

    /** {@code [method]fields.has}. */
    public boolean has(String name) {
        Optional<String> key = FieldSyntax.name(name);
        return key.isPresent() && entries.stream().anyMatch(e -> e.name().equals(key.get()));
    }

    /** {@code [method]fields.set}. */
    public Result<Void, HeaderError> set(String name, List<byte[]> values) {
        return change(name, key -> {
            if (!values.stream().allMatch(value -> FieldSyntax.value(key, value))
                    || key.equals(FieldSyntax.CONTENT_LENGTH) && values.size() > 1) {
                return Result.err(new HeaderError.InvalidSyntax());
            }
            remove(key);
            values.forEach(value -> add(key, value));
            return Result.ok();
        });
    }

    /** {@code [method]fields.delete}. */
    public Result<Void, HeaderError> delete(String name) {
        return change(name, key -> {
            remove(key);
            return Result.ok();
        });
    }

    /** {@code [method]fields.append}. */
    public Result<Void, HeaderError> append(String name, byte[] value) {
        return change(name, key -> {
            if (!FieldSyntax.value(key, value) || key.equals(FieldSyntax.CONTENT_LENGTH) && has(key)) {
                return Result.err(new HeaderError.InvalidSyntax());
            }
            add(key, value);
            return Result.ok();
        });
    }

    /** {@code [method]fields.entries}. */
    public List<FieldEntry> entries() {
        return List.copyOf(entries);
    }

    /** {@code [method]fields.clone}: a copy that may be changed. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod") // the name is WIT's
    public Fields clone() {
        return new Fields(new ArrayList<>(entries), size, limit, true);
    }

    /** The same fields, which nobody can change any more. */
    Fields immutable() {
        return mutable ? new Fields(List.copyOf(entries), size, limit, false) : this;
    }

    /** The body's length if a field says it; there is at most one. */
    OptionalLong contentLength() {
        List<byte[]> values = get(FieldSyntax.CONTENT_LENGTH);
        return values.isEmpty() ? OptionalLong.empty() : FieldSyntax.length(values.getFirst());
    }

    /** Adds these fields to those of a message for the wire. */
    public void copyTo(HttpFields.Mutable message) {
        for (FieldEntry entry : entries) {
            message.add(new HttpField(entry.name(), new String(entry.value(), StandardCharsets.ISO_8859_1)));
        }
    }

    private Result<Void, HeaderError> change(String name, Change change) {
        Optional<String> key = FieldSyntax.name(name);
        if (key.isEmpty()) {
            return Result.err(new HeaderError.InvalidSyntax());
        }
        if (FieldSyntax.forbidden(key.get())) {
            return Result.err(new HeaderError.Forbidden());
        }
        return mutable ? change.to(key.get()) : Result.err(new HeaderError.Immutable());
    }

    private void remove(String key) {
        entries.removeIf(entry -> {
            boolean same = entry.name().equals(key);
            size -= same ? cost(key, entry.value()) : 0;
            return same;
        });
    }

    /** WASI 0.2 has no error for fields that are too large. */
    private void add(String key, byte[] value) {
        if (cost(key, value) > limit - size) {
            throw new Trap(Trap.Kind.CANONICAL_ABI,
                    "wasi:http/types: fields of more than " + limit + " bytes (" + OVERHEAD + " are counted for each)");
        }
        size += cost(key, value);
        entries.add(new FieldEntry(key, value));
    }

    private static int cost(String name, byte[] value) {
        return name.length() + value.length + OVERHEAD;
    }

    private interface Change {
        Result<Void, HeaderError> to(String key);
    }
}
