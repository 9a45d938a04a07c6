package dev.virga.plugin.nats;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.keyvalue.Bucket;
import dev.virga.plugin.keyvalue.KeyValueException;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueWatchOption;
import io.nats.client.api.KeyValueWatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The server versions values: what depends on the one before is tried until nobody else came between. */
final class NatsBucket implements Bucket {

    private static final int WRONG_SEQUENCE = 10071;
    private static final int STREAM_FULL = 10077;

    private final NatsKeyValue backend;
    private final NatsClient client;
    private final String name;
    private final int most;

    NatsBucket(NatsKeyValue backend, String name, int most) {
        this.backend = backend;
        this.client = backend.client();
        this.name = name;
        this.most = most;
    }

    /** What is done with the bucket. */
    private interface Operation<T> {
        T run(io.nats.client.KeyValue bucket, Connection connection)
                throws IOException, JetStreamApiException, InterruptedException;
    }

    private <T> T on(Operation<T> operation) {
        try {
            Connection connection = client.ready(client.timeout());
            backend.ensure(connection, name);
            JetStreamOptions timeout =
                    JetStreamOptions.builder().requestTimeout(client.timeout()).build();
            return operation.run(
                    connection.keyValue(name, KeyValueOptions.builder().jetStreamOptions(timeout).build()), connection);
        } catch (PluginException.Unavailable e) {
            throw new KeyValueException(Reason.UNAVAILABLE, e.getMessage(), e);
        } catch (JetStreamApiException e) {
            backend.forget(name);
            throw new KeyValueException(
                    e.getApiErrorCode() == STREAM_FULL ? Reason.QUOTA : Reason.OTHER,
                    "NATS says: " + e.getErrorDescription(),
                    e);
        } catch (IOException e) {
            backend.forget(name);
            throw new KeyValueException(Reason.TIMEOUT, "NATS did not answer: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new KeyValueException(Reason.QUOTA, "NATS does not take the value: " + e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new KeyValueException(Reason.UNAVAILABLE, "NATS is not connected; try again later", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyValueException(Reason.UNAVAILABLE, "interrupted while waiting for NATS", e);
        }
    }

    private static void checkNoLife(Optional<Duration> life) {
        if (life.isPresent()) {
            throw new KeyValueException(Reason.INVALID,
                    "values on NATS cannot have a time to live each; leave it out, or use another backend");
        }
    }

    /** The entry, if there is one. */
    private static Optional<KeyValueEntry> entry(io.nats.client.KeyValue bucket, String key)
            throws IOException, JetStreamApiException {
        return Optional.ofNullable(bucket.get(KeyNames.outer(key)));
    }

    private byte[] value(KeyValueEntry entry) {
        return checked(Optional.ofNullable(entry.getValue()).orElseGet(() -> new byte[0]), 0);
    }

    private byte[] checked(byte[] value, long others) {
        if (others + value.length > most) {
            throw new KeyValueException(
                    Reason.QUOTA, "the values have more than the " + most + " bytes that a call may bring");
        }
        return value;
    }

    @Override
    public Optional<byte[]> get(String key) {
        return on((bucket, _) -> entry(bucket, key)).map(this::value);
    }

    @Override
    public List<Optional<byte[]>> getMany(List<String> keys) {
        return on((bucket, _) -> {
            List<Optional<byte[]>> values = new ArrayList<>();
            long bytes = 0;
            for (String key : keys) {
                Optional<byte[]> value = entry(bucket, key).map(this::value);
                bytes += value.map(v -> checked(v, 0).length).orElse(0);
                checked(new byte[0], bytes);
                values.add(value);
            }
            return values;
        });
    }

    @Override
    public boolean exists(String key) {
        return on((bucket, _) -> entry(bucket, key)).isPresent();
    }

    @Override
    public void set(String key, byte[] value, Optional<Duration> life) {
        checkNoLife(life);
        on((bucket, _) -> bucket.put(KeyNames.outer(key), value));
    }

    @Override
    public void setMany(List<KeyValue> all) {
        on((bucket, _) -> {
            for (KeyValue each : all) {
                bucket.put(KeyNames.outer(each.key()), each.value());
            }
            return all;
        });
    }

    @Override
    public boolean setIfAbsent(String key, byte[] value, Optional<Duration> life) {
        checkNoLife(life);
        return on((bucket, _) -> happened(() -> bucket.create(KeyNames.outer(key), value)));
    }

    @Override
    public void delete(String key) {
        deleteMany(List.of(key));
    }

    @Override
    public void deleteMany(List<String> keys) {
        on((bucket, _) -> {
            for (String key : keys) {
                bucket.delete(KeyNames.outer(key));
            }
            return keys;
        });
    }

    @Override
    public long increment(String key, long delta) {
        while (true) {
            Optional<KeyValueEntry> entry = on((bucket, _) -> entry(bucket, key));
            long sum = sum(entry, delta);
            byte[] value = Long.toString(sum).getBytes(StandardCharsets.US_ASCII);
            String outer = KeyNames.outer(key);
            if (on((bucket, _) -> happened(() -> entry.isPresent()
                    ? bucket.update(outer, value, entry.get().getRevision())
                    : bucket.create(outer, value)))) {
                return sum;
            }
        }
    }

    private long sum(Optional<KeyValueEntry> entry, long delta) {
        String text = entry.map(e -> new String(value(e), StandardCharsets.UTF_8)).orElse("0");
        try {
            if (!text.matches("-?[0-9]{1,19}")) {
                throw new NumberFormatException();
            }
            return Math.addExact(Long.parseLong(text), delta);
        } catch (NumberFormatException e) {
            throw new KeyValueException(Reason.INVALID, "the value is not a whole number of 64 bits");
        } catch (ArithmeticException e) {
            throw new KeyValueException(Reason.INVALID, "the sum does not fit into 64 bits");
        }
    }

    @Override
    public Optional<Versioned> current(String key) {
        return on((bucket, _) -> entry(bucket, key))
                .map(entry -> new Versioned(value(entry), Long.toString(entry.getRevision())));
    }

    @Override
    public boolean swap(String key, byte[] value, Condition condition) {
        while (true) {
            Optional<Versioned> now = current(key);
            if (now.isEmpty()
                    || condition.version().filter(v -> !v.equals(now.get().version())).isPresent()
                    || condition.value().filter(v -> !Arrays.equals(v, now.get().value())).isPresent()) {
                return false;
            }
            long revision = Long.parseLong(now.get().version());
            if (on((bucket, _) -> happened(() -> bucket.update(KeyNames.outer(key), value, revision)))) {
                return true;
            }
        }
    }

    /** A write that the server only takes if nobody came between. */
    private interface Write {
        long run() throws IOException, JetStreamApiException;
    }

    private static boolean happened(Write write) throws IOException, JetStreamApiException {
        try {
            write.run();
            return true;
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == WRONG_SEQUENCE) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Page list(String prefix, Optional<String> cursor, int most) {
        return on((_, connection) -> KeyListing.page(connection, name, prefix, cursor, most, client.timeout()));
    }

    @Override
    public AutoCloseable watch(Consumer<String> changed) {
        KeyValueWatcher watcher = new KeyValueWatcher() {
            @Override
            public void watch(KeyValueEntry entry) {
                KeyNames.inner(entry.getKey()).ifPresent(changed);
            }

            @Override
            public void endOfData() {}
        };
        return backend.watch(() -> on((bucket, _) ->
                bucket.watchAll(watcher, KeyValueWatchOption.UPDATES_ONLY, KeyValueWatchOption.META_ONLY)));
    }
}
