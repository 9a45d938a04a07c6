package dev.virga.plugin.blobstore;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects on the heap, for each namespace no more than some bytes. */
final class MemoryBackend implements BlobBackend {

    /** Charged for each container and object beside its bytes; a character of a name is two. */
    private static final int OVERHEAD = 256;

    private record Contents(Instant created, ConcurrentSkipListMap<String, MemoryBlob> objects) {}

    private final long most;
    private final Map<String, Long> used = new HashMap<>();
    private final Map<ContainerId, Contents> containers = new HashMap<>();

    /** @param most bytes for each namespace */
    MemoryBackend(long most) {
        this.most = most;
    }

    @Override
    public synchronized void create(ContainerId container) throws IOException {
        if (containers.containsKey(container)) {
            throw BlobException.containerExists(container);
        }
        charge(container.namespace(), overhead(container.name()));
        containers.put(container, new Contents(Instant.now(), new ConcurrentSkipListMap<>()));
    }

    @Override
    public synchronized Optional<Instant> created(ContainerId container) {
        return Optional.ofNullable(containers.get(container)).map(Contents::created);
    }

    @Override
    public synchronized void delete(ContainerId container) {
        Contents contents = containers.remove(container);
        if (contents != null) {
            contents.objects.values().forEach(this::release);
            release(container.namespace(), overhead(container.name()));
        }
    }

    @Override
    public synchronized void clear(ContainerId container) throws IOException {
        Contents contents = contents(container);
        contents.objects.values().forEach(this::release);
        contents.objects.clear();
    }

    @Override
    public synchronized BlobListing list(ContainerId container) throws IOException {
        Iterator<String> names = contents(container).objects.keySet().iterator();
        return new BlobListing() {
            @Override
            public List<String> next(int max) {
                List<String> next = new ArrayList<>();
                while (next.size() < max && names.hasNext()) {
                    next.add(names.next());
                }
                return next;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public synchronized Optional<BlobInfo> info(BlobId object) throws IOException {
        return Optional.ofNullable(contents(object.container()).objects.get(object.name())).map(MemoryBlob::info);
    }

    @Override
    public synchronized BlobRead read(BlobId object, long start, long end) throws IOException {
        MemoryBlob blob = blob(object);
        blob.hold();
        long size = blob.info().size();
        long from = Math.min(start, size);
        long count = end < from ? 0 : Math.min(end, size - 1) - from + 1;
        return new BlobRead(count, blob.open(from, () -> release(blob)));
    }

    @Override
    public BlobWrite write(BlobId object) throws IOException {
        synchronized (this) {
            contents(object.container());
        }
        return new MemoryWrite(this, object);
    }

    @Override
    public int writeBuffer() {
        return MemoryWrite.CHUNK;
    }

    @Override
    public synchronized void delete(ContainerId container, List<String> objects) throws IOException {
        Contents contents = contents(container);
        for (String name : objects) {
            Optional.ofNullable(contents.objects.remove(name)).ifPresent(this::release);
        }
    }

    @Override
    public synchronized void copy(BlobId from, BlobId to) throws IOException {
        MemoryBlob source = blob(from);
        charge(to.container().namespace(), source.info().size());
        put(to, source.chunks(), source.info().size());
    }

    @Override
    public synchronized void move(BlobId from, BlobId to) throws IOException {
        blob(from);
        contents(to.container());
        if (!from.equals(to)) {
            copy(from, to);
            delete(from.container(), List.of(from.name()));
        }
    }

    /** Makes an object of bytes that are charged already; gives them back if that fails. */
    synchronized void put(BlobId object, List<byte[]> chunks, long size) throws IOException {
        String namespace = object.container().namespace();
        try {
            Contents contents = contents(object.container());
            long overhead = overhead(object.name());
            charge(namespace, overhead);
            MemoryBlob blob =
                    new MemoryBlob(namespace, chunks, new BlobInfo(size, Instant.now()), size + overhead);
            Optional.ofNullable(contents.objects.put(object.name(), blob)).ifPresent(this::release);
        } catch (BlobException e) {
            release(namespace, size);
            throw e;
        }
    }

    synchronized void charge(String namespace, long bytes) throws BlobException {
        long before = used.getOrDefault(namespace, 0L);
        if (bytes > most - before) {
            throw new BlobException(BlobException.Reason.QUOTA,
                    "the namespace may not hold more than " + most + " bytes in memory");
        }
        used.put(namespace, before + bytes);
    }

    synchronized void release(String namespace, long bytes) {
        if (bytes == 0) {
            return; // the namespace may hold nothing by now
        }
        used.compute(namespace, (_, before) -> before == bytes ? null : before - bytes);
    }

    /** One use of the blob less; its bytes are given back after the last one, since a reader keeps them. */
    private synchronized void release(MemoryBlob blob) {
        if (blob.letGo()) {
            release(blob.namespace(), blob.charged());
        }
    }

    private static long overhead(String name) {
        return OVERHEAD + 2L * name.length();
    }

    private Contents contents(ContainerId container) throws BlobException {
        Contents contents = containers.get(container);
        if (contents == null) {
            throw BlobException.noContainer(container);
        }
        return contents;
    }

    private MemoryBlob blob(BlobId object) throws BlobException {
        MemoryBlob blob = contents(object.container()).objects.get(object.name());
        if (blob == null) {
            throw BlobException.noObject(object);
        }
        return blob;
    }

    /** How many bytes a namespace holds. */
    synchronized long used(String namespace) {
        return used.getOrDefault(namespace, 0L);
    }

    @Override
    public void close() {}
}
