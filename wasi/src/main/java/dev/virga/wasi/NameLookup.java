package dev.virga.wasi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * Asks the system's resolver. It blocks its thread in native code and cannot be interrupted, so the
 * thread is one of the platform's, and counts against the workload until the resolver has answered.
 */
public final class NameLookup {

    private NameLookup() {}

    /** Fails with an {@link UnknownHostException}, or with a {@link RejectedExecutionException} if the quota is used up. */
    public static CompletableFuture<List<InetAddress>> start(String name, Quota lookups) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        Optional<Quota.Lease> lease = lookups.take();
        if (lease.isEmpty()) {
            answer.completeExceptionally(new RejectedExecutionException(lookups.max() + " names are being resolved"));
            return answer;
        }
        try {
            Thread.ofPlatform().daemon().name("name-lookup").start(() -> resolve(name, lease.get(), answer));
        } catch (OutOfMemoryError e) { // no more threads
            lease.get().close();
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private static void resolve(String name, Quota.Lease lease, CompletableFuture<List<InetAddress>> answer) {
        try {
            List<InetAddress> addresses = List.of(InetAddress.getAllByName(name));
            lease.close(); // before anybody goes on
            answer.complete(addresses);
        } catch (UnknownHostException | RuntimeException | Error e) {
            lease.close();
            answer.completeExceptionally(e);
        }
    }
}
