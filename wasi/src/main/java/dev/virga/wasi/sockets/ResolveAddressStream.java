package dev.virga.wasi.sockets;

import dev.virga.component.Result;
import dev.virga.wasi.NameLookup;
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
import java.util.concurrent.RejectedExecutionException;

/** {@code wasi:sockets/ip-name-lookup.resolve-address-stream}. */
public final class ResolveAddressStream implements Closeable {

    private final OpenThings registry;
    private final Signal signal = new Signal();
    private Optional<Result<Iterator<InetAddress>, ErrorCode>> outcome = Optional.empty();

    private ResolveAddressStream(OpenThings registry) {
        this.registry = registry;
    }

    static ResolveAddressStream of(List<InetAddress> known, SocketPolicy policy) throws IOException {
        ResolveAddressStream stream = new ResolveAddressStream(policy.open());
        policy.open().add(stream);
        stream.done(Result.ok(known.iterator()));
        return stream;
    }

    static ResolveAddressStream lookUp(String name, SocketPolicy policy) throws IOException {
        ResolveAddressStream stream = new ResolveAddressStream(policy.open());
        policy.open().add(stream);
        NameLookup.start(name, policy.quota().lookups()).whenComplete((addresses, failure) -> {
            if (failure == null) {
                policy.names().add(name, addresses); // before the guest can have them
                stream.done(Result.ok(addresses.iterator()));
            } else {
                stream.done(Result.err(code(failure, policy)));
            }
        });
        return stream;
    }

    private static ErrorCode code(Throwable failure, SocketPolicy policy) {
        return switch (failure) {
            case UnknownHostException e when e.getMessage() != null && e.getMessage().contains("Temporary failure") ->
                ErrorCode.TEMPORARY_RESOLVER_FAILURE;
            case UnknownHostException _ -> ErrorCode.NAME_UNRESOLVABLE;
            case RejectedExecutionException e -> {
                policy.diagnostics().refused(
                        "name lookup limit", e.getMessage(), "raise the workload's limit for look-ups");
                yield ErrorCode.TEMPORARY_RESOLVER_FAILURE;
            }
            default -> ErrorCode.UNKNOWN;
        };
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
