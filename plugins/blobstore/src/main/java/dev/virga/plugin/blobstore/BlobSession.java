package dev.virga.plugin.blobstore;

import dev.virga.component.Result;
import dev.virga.engine.Trap;
import dev.virga.plugin.Backends;
import dev.virga.plugin.Grant;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.Limits;
import dev.virga.plugin.PluginHost;
import dev.virga.wasi.OpenThings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What one instance may do with a backend, and what it holds open there. */
final class BlobSession implements Closeable {

    /** Charged for each open handle: the host's objects, descriptors and buffers behind it. */
    private static final int HANDLE_BYTES = 16 << 10;

    private final Grant grant;
    private final InstanceContext instance;
    private final BlobStore store;
    private final BlobBackend backend;
    private final PluginHost host;
    private final OpenThings open;

    BlobSession(Grant grant, InstanceContext instance, Backends.Named<BlobStore> named, PluginHost host) {
        this.grant = grant;
        this.instance = instance;
        this.store = named.backend();
        this.backend = instance.traced()
                ? new TracedBlobs(store.backend(), instance, named.kind())
                : store.backend();
        this.host = host;
        this.open = new OpenThings(grant.limits().handles());
    }

    BlobBackend backend() {
        return backend;
    }

    long objectBytes() {
        return store.objectBytes();
    }

    Limits limits() {
        return grant.limits();
    }

    /** Checks a container's name that the guest gave. */
    ContainerId container(String name) throws BlobException {
        check("container", name);
        return new ContainerId(store.isolated() ? instance.workload().namespace() : "", name);
    }

    /** Checks an object's name that the guest gave. */
    BlobId object(ContainerId container, String name) throws BlobException {
        check("object", name);
        return new BlobId(container, name);
    }

    private void check(String what, String name) throws BlobException {
        if (name.isEmpty()) {
            throw new BlobException(BlobException.Reason.DENIED, "the name of the " + what + " is empty");
        }
        int most = limits().keyBytes();
        if (name.length() > most || name.getBytes(StandardCharsets.UTF_8).length > most) {
            throw refused(
                    BlobException.Reason.DENIED,
                    "the name of the " + what + " has more than the " + most + " bytes that are allowed");
        }
    }

    /** For the audit log. */
    void used(String what, BlobId object) {
        instance.used(grant, what + " " + object.container().name() + "/" + object.name());
    }

    /** For the audit log. */
    void used(String what, ContainerId container) {
        instance.used(grant, what + " " + container.name());
    }

    /** What a limit forbids, also for the audit log. */
    BlobException refused(BlobException.Reason reason, String what) {
        instance.refused(grant, what, "raise the limit, or use less");
        return new BlobException(reason, what);
    }

    /** One more open handle. */
    synchronized Lease lease(long bytes) throws IOException {
        if (!open.hasRoom()) {
            throw refused(BlobException.Reason.QUOTA, "more than the " + limits().handles()
                    + " containers, objects and listings that may be open at a time");
        }
        long all = HANDLE_BYTES + bytes;
        reserve(all);
        Lease lease = new Lease(this, all);
        open.add(lease);
        return lease;
    }

    void closed(Lease lease) {
        open.remove(lease);
    }

    void reserve(long bytes) throws BlobException {
        if (!instance.limiter().reserve(bytes)) {
            throw refused(BlobException.Reason.QUOTA, "no memory of the workload is left for the blob store");
        }
    }

    void release(long bytes) {
        instance.limiter().release(bytes);
    }

    /** What a guest is told of a failure. Those that are not for it go to the operator's log. */
    BlobException failure(IOException e) {
        if (Thread.currentThread().isInterrupted()) {
            throw new Trap(Trap.Kind.INTERRUPTED);
        }
        if (e instanceof BlobException told) {
            return told;
        }
        host.log("blobstore: " + grant.workload() + ": " + e);
        return new BlobException(
                BlobException.Reason.OTHER, "the blob store failed; the host's log tells more", e);
    }

    /** The result of a call for {@code wasi:blobstore}, whose errors are texts. */
    <T> Result<T, String> told(Call<T> call) {
        try {
            return Result.ok(call.run());
        } catch (IOException e) {
            return Result.err(failure(e).getMessage());
        }
    }

    /** The result of a call for {@code wasmcloud:blobstore}, whose errors are codes. */
    <T> Result<T, BlobError> coded(Call<T> call) {
        try {
            return Result.ok(call.run());
        } catch (IOException e) {
            return Result.err(BlobError.of(failure(e)));
        }
    }

    interface Call<T> {
        T run() throws IOException;
    }

    /** Closes what the guest dropped, which cannot fail for it. */
    void close(Closeable dropped) {
        try {
            dropped.close();
        } catch (IOException e) {
            host.log("blobstore: " + grant.workload() + ": " + e);
        }
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
