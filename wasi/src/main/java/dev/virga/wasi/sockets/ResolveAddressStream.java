package dev.virga.wasi.sockets;

import dev.virga.component.Result;
import dev.virga.wasi.OpenThings;
import dev.virga.wasi.io.Pollable;
import dev.virga.wasi.io.Signal;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** {@code wasi:sockets/ip-name-lookup.resolve-address-stream}. */
public final class ResolveAddressStream implements Closeable {

    private final OpenThings registry;
    private final Signal signal = new Signal();
    private Optional<Result<Iterator<InetAddress>, ErrorCode>> outcome = Optional.empty();

    private ResolveAddressStream(OpenThings registry) {
        this.registry = registry;
    }

    static ResolveAddressStream of(InetAddress literal, OpenThings registry) throws IOException {
        ResolveAddressStream stream = new ResolveAddressStream(registry);
        stream.outcome = Optional.of(Result.ok(List.of(literal).iterator()));
        registry.add(stream);
        return stream;
    }

    /** The system's resolver blocks its thread in native code, so it is not a virtual one. */
    static ResolveAddressStream lookUp(String name, OpenThings registry) throws IOException {
        ResolveAddressStream stream = new ResolveAddressStream(registry);
        registry.add(stream);
        Thread.ofPlatform().daemon().name("wasi-name-lookup").start(() -> stream.done(resolve(name)));
        return stream;
    }

    private static Result<Iterator<InetAddress>, ErrorCode> resolve(String name) {
        try {
            return Result.ok(List.of(InetAddress.getAllByName(name)).iterator());
        } catch (UnknownHostException e) {
            boolean temporary = e.getMessage() != null && e.getMessage().contains("Temporary failure");
            return Result.err(temporary ? ErrorCode.TEMPORARY_RESOLVER_FAILURE : ErrorCode.NAME_UNRESOLVABLE);
        } catch (RuntimeException e) {
            return Result.err(ErrorCode.UNKNOWN);
        }
    }

    private void done(Result<Iterator<InetAddress>, ErrorCode> result) {
        synchronized (this) {
            outcome = Optional.of(result);
        }
        signal.wake();
    }

    private synchronized boolean ready() {
        return outcome.isPresent();
    }

    public synchronized Result<Optional<IpAddress>, ErrorCode> resolveNextAddress() {
        if (outcome.isEmpty()) {
            return Result.err(ErrorCode.WOULD_BLOCK);
        }
        return switch (outcome.get()) {
            case Result.Err<Iterator<InetAddress>, ErrorCode>(ErrorCode error) -> Result.err(error);
            case Result.Ok<Iterator<InetAddress>, ErrorCode>(Iterator<InetAddress> left) ->
                Result.ok(left.hasNext() ? Optional.of(IpAddress.of(left.next())) : Optional.empty());
        };
    }

    public Pollable subscribe() {
        return new Pollable(signal, this::ready);
    }

    @Override
    public void close() {
        registry.remove(this);
    }
}
