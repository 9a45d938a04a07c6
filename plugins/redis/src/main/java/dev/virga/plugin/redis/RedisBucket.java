package dev.virga.plugin.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.virga.plugin.keyvalue.Bucket;
import dev.virga.plugin.keyvalue.KeyValueException;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;

/** A bucket: the keys of a Redis that begin with a prefix, as plain values. */
final class RedisBucket implements Bucket {

    /** A value's version is its SHA-1, since a plain value has no other that all writers would keep. */
    private static final byte[] SWAP = """
            local value = redis.call('GET', KEYS[1])
            if not value then return 0 end
            if ARGV[2] == '1' and redis.sha1hex(value) ~= ARGV[3] then return 0 end
            if ARGV[4] == '1' and value ~= ARGV[5] then return 0 end
            redis.call('SET', KEYS[1], ARGV[1])
            return 1
            """.getBytes(UTF_8);

    private static final int SMALL = 64 << 10;
    private static final int EACH = 64;
    private static final int LISTED_KEY = 4 << 10;
    private static final int LARGEST_PAGE = 1 << 20;
    private static final int SCANS = 100;
    private static final Pattern CURSOR = Pattern.compile("[0-9]{1,20}");

    private final RedisBackend backend;
    private final Pool pool;
    private final byte[] prefix;
    private final int most;

    RedisBucket(RedisBackend backend, Pool pool, byte[] prefix, int most) {
        this.backend = backend;
        this.pool = pool;
        this.prefix = prefix;
        this.most = most;
    }

    private byte[] key(String key) {
        byte[] name = key.getBytes(UTF_8);
        return ByteBuffer.allocate(prefix.length + name.length).put(prefix).put(name).array();
    }

    /** A command that may be repeated; its reply is null or of this type. */
    private <T> T repeatable(Class<T> type, long bytes, ProtocolCommand command, byte[]... arguments) {
        return backend.call(pool, true, (line, deadline) -> type.cast(line.call(deadline, bytes, command, arguments)));
    }

    /** A command that is done once or never. */
    private <T> T once(Class<T> type, ProtocolCommand command, byte[]... arguments) {
        return backend.call(pool, false, (line, deadline) -> type.cast(line.call(deadline, SMALL, command, arguments)));
    }

    private static byte[] text(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    private static byte[] flag(boolean set) {
        return text(set ? 1 : 0);
    }

    @Override
    public Optional<byte[]> get(String key) {
        return checked(Optional.ofNullable(repeatable(byte[].class, (long) most + EACH, Command.GET, key(key))));
    }

    private Optional<byte[]> checked(Optional<byte[]> value) {
        value.ifPresent(v -> checkRead(v.length));
        return value;
    }

    private void checkRead(long bytes) {
        if (bytes > most) {
            throw new KeyValueException(
                    Reason.QUOTA, "what is to be read has more than " + most + " bytes; ask for fewer keys at a time");
        }
    }

    @Override
    @SuppressWarnings("unchecked") // another reply is noticed below
    public List<Optional<byte[]>> getMany(List<String> keys) {
        byte[][] names = keys.stream().map(this::key).toArray(byte[][]::new);
        return backend.call(pool, true, (line, deadline) -> {
            List<byte[]> values = (List<byte[]>)
                    line.call(deadline, most + SMALL + (long) EACH * names.length, Command.MGET, names);
            if (values.size() != names.length) {
                throw new IllegalStateException("a reply has " + values.size() + " values");
            }
            long bytes = 0;
            List<Optional<byte[]>> all = new ArrayList<>(names.length);
            for (byte[] value : values) {
                bytes += value == null ? 0 : value.length;
                all.add(Optional.ofNullable(value));
            }
            checkRead(bytes);
            return all;
        });
    }

    @Override
    public boolean exists(String key) {
        return repeatable(Long.class, SMALL, Command.EXISTS, key(key)) == 1;
    }

    @Override
    public void set(String key, byte[] value, Optional<Duration> life) {
        repeatable(byte[].class, SMALL, Command.SET, setting(key, value, life));
    }

    private byte[][] setting(String key, byte[] value, Optional<Duration> life, String... more) {
        Stream<byte[]> expiry = life.stream().flatMap(l -> Stream.of("PX".getBytes(UTF_8), text(l.toMillis())));
        return Stream.of(Stream.of(key(key), value), Stream.of(more).map(word -> word.getBytes(UTF_8)), expiry)
                .flatMap(part -> part)
                .toArray(byte[][]::new);
    }

    @Override
    public void setMany(List<KeyValue> all) {
        repeatable(byte[].class, SMALL, Command.MSET, all.stream()
                .flatMap(each -> Stream.of(key(each.key()), each.value()))
                .toArray(byte[][]::new));
    }

    @Override
    public boolean setIfAbsent(String key, byte[] value, Optional<Duration> life) {
        return once(byte[].class, Command.SET, setting(key, value, life, "NX")) != null;
    }

    @Override
    public void delete(String key) {
        deleteMany(List.of(key));
    }

    @Override
    public void deleteMany(List<String> keys) {
        repeatable(Long.class, SMALL, Command.DEL, keys.stream().map(this::key).toArray(byte[][]::new));
    }

    @Override
    public long increment(String key, long delta) {
        return once(Long.class, Command.INCRBY, key(key), text(delta));
    }

    @Override
    public Optional<Versioned> current(String key) {
        return get(key).map(value -> new Versioned(value, sha1(value)));
    }

    private static String sha1(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    @Override
    public boolean swap(String key, byte[] value, Condition condition) {
        return once(
                Long.class,
                Command.EVAL,
                SWAP,
                text(1),
                key(key),
                value,
                flag(condition.version().isPresent()),
                condition.version().orElse("").getBytes(UTF_8),
                flag(condition.value().isPresent()),
                condition.value().orElse(new byte[0])) == 1;
    }

    @Override
    public Page list(String keyPrefix, Optional<String> cursor, int most) {
        String start = cursor.orElse("0");
        if (!CURSOR.matcher(start).matches()) {
            throw new KeyValueException(Reason.INVALID, "this is no cursor of list-keys; start without one");
        }
        byte[] range = key(keyPrefix);
        return backend.call(pool, true, (line, deadline) -> {
            Set<String> keys = new LinkedHashSet<>();
            byte[] at = start.getBytes(UTF_8);
            // a scan may find little among many keys of others
            for (int i = 0; i < SCANS && keys.size() <= most / 2; i++) {
                at = scan(line, deadline, range, at, most - keys.size(), keys);
                if (new String(at, UTF_8).equals("0")) {
                    return new Page(List.copyOf(keys), Optional.empty());
                }
            }
            return new Page(List.copyOf(keys), Optional.of(new String(at, UTF_8)));
        });
    }

    /** Adds about so many keys at most, and returns where to go on. */
    private byte[] scan(Line line, long deadline, byte[] range, byte[] at, int count, Set<String> keys) {
        List<?> reply = (List<?>) line.call(
                deadline,
                LARGEST_PAGE + (long) LISTED_KEY * count,
                Command.SCAN,
                at,
                "MATCH".getBytes(UTF_8),
                Globs.startingWith(range),
                "COUNT".getBytes(UTF_8),
                text(count));
        for (Object each : (List<?>) reply.get(1)) {
            Globs.nameAfter(prefix, (byte[]) each).ifPresent(keys::add);
        }
        return (byte[]) reply.get(0);
    }

    @Override
    public AutoCloseable watch(Consumer<String> changed) {
        return backend.watch(prefix, changed);
    }
}
