package dev.virga.plugin.messaging;

import dev.virga.component.Result;
import dev.virga.engine.Trap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code wasi:messaging/types.message}. */
public final class GuestMessage implements AutoCloseable {

    /** {@code tuple<string, string>}. */
    public record Entry(String key, String value) {}

    private final Holding holding;
    private final Optional<String> topic;
    private final Optional<String> replyTo;
    private Map<String, String> headers;
    private byte[] data;
    private long charged;
    private boolean closed;

    private GuestMessage(Holding holding, Message message, Optional<String> topic) {
        this.holding = holding;
        this.topic = topic;
        this.replyTo = message.replyTo();
        this.headers = Map.of();
        this.data = new byte[0];
        holding.opened();
        hold(message.headers(), message.body());
    }

    /** A guest's own. */
    static GuestMessage written(Holding holding, byte[] data) {
        return new GuestMessage(holding, new Message("", data), Optional.empty());
    }

    static GuestMessage received(Holding holding, Message message) {
        return new GuestMessage(holding, message, Optional.of(message.subject()));
    }

    /** There is no error to tell of data that is too long, so it is a trap. */
    private void hold(Map<String, String> newHeaders, byte[] newData) {
        if (closed) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "wasi:messaging: a message that was received is the guest's only"
                    + " until its handler returns");
        }
        int longest = holding.limits().messageBytes();
        if (newData.length > longest) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "wasi:messaging: a message of " + newData.length
                    + " bytes; at most " + longest + " are allowed");
        }
        long bytes = new Message(topic.orElse(""), newHeaders, newData, replyTo).bytes();
        holding.change(bytes - charged);
        charged = bytes;
        headers = newHeaders;
        data = newData;
    }

    public Optional<String> topic() {
        return topic;
    }

    public Optional<String> contentType() {
        return Optional.ofNullable(headers.get(Headers.CONTENT_TYPE));
    }

    public Result<Void, Void> setContentType(String contentType) {
        return put(Headers.CONTENT_TYPE, contentType).isOk() ? Result.ok(null) : Result.err();
    }

    public byte[] data() {
        return data;
    }

    public void setData(byte[] newData) {
        hold(headers, newData);
    }

    public Optional<List<Entry>> metadata() {
        List<Entry> all = headers.entrySet().stream()
                .filter(header -> !header.getKey().equals(Headers.CONTENT_TYPE))
                .map(header -> new Entry(header.getKey(), header.getValue()))
                .toList();
        return Optional.of(all).filter(list -> !list.isEmpty());
    }

    public Result<Void, MetadataError> addMetadata(String key, String value) {
        return put(key, value);
    }

    public Result<Void, MetadataError> setMetadata(List<Entry> meta) {
        Map<String, String> all = new LinkedHashMap<>();
        contentType().ifPresent(type -> all.put(Headers.CONTENT_TYPE, type));
        for (Entry entry : meta) {
            Optional<String> problem = Headers.problem(entry.key(), entry.value());
            if (problem.isPresent()) {
                return Result.err(new MetadataError.Invalid(problem));
            }
            all.put(entry.key(), entry.value());
        }
        return take(all);
    }

    public void removeMetadata(String key) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.remove(key);
        hold(all, data);
    }

    private Result<Void, MetadataError> put(String key, String value) {
        Optional<String> problem = Headers.problem(key, value);
        if (problem.isPresent()) {
            return Result.err(new MetadataError.Invalid(problem));
        }
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(key, value);
        return take(all);
    }

    private Result<Void, MetadataError> take(Map<String, String> all) {
        Optional<String> problem = Headers.problem(all);
        if (problem.isPresent()) {
            return Result.err(new MetadataError.Invalid(problem));
        }
        hold(all, data);
        return Result.ok();
    }

    /** What is sent of it. */
    Message toSubject(String subject) {
        return new Message(subject, headers, data, Optional.empty());
    }

    /** Where an answer to it goes. */
    Optional<String> replyTo() {
        return replyTo;
    }

    /** The guest has let go of it, or has no right to it any more: what it held is given back. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            headers = Map.of();
            data = new byte[0];
            holding.change(-charged);
            charged = 0;
            holding.gone();
        }
    }
}
