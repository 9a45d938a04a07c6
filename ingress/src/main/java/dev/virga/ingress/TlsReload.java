package dev.virga.ingress;

import dev.virga.wasi.Harmless;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Reads keys and certificates again when something changes in the folders that they are in. Those in
 * use stay until the new ones fit each other. Connections that are open go on as they are.
 */
final class TlsReload implements AutoCloseable {

    /** A certificate and its key are two files: the second one follows soon. */
    private static final long SETTLE_MILLIS = 200;
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(2);

    private final Tls tls;
    private final SslContextFactory.Server factory;
    private final ServeLog log;
    private final WatchService watch;
    private final Thread thread;

    /** @throws ServeException.Tls if the folders cannot be watched */
    TlsReload(Tls tls, SslContextFactory.Server factory, ServeLog log) {
        this.tls = tls;
        this.factory = factory;
        this.log = log;
        List<Path> folders =
                tls.files().map(file -> file.toAbsolutePath().getParent()).distinct().toList();
        try {
            watch = FileSystems.getDefault().newWatchService();
            for (Path folder : folders) {
                folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            }
        } catch (IOException e) {
            throw new ServeException.Tls(folders + ": cannot be watched for new certificates: " + e.getMessage(), e);
        }
        thread = Thread.ofVirtual().name("tls-reload").start(this::run);
    }

    static void use(Tls.Stores stores, SslContextFactory factory) {
        factory.setKeyStore(stores.identities());
        factory.setKeyStorePassword("");
        stores.authorities().ifPresent(factory::setTrustStore);
    }

    private void run() {
        try {
            while (true) {
                settle(watch.take());
                reload();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // closed
        }
    }

    /** Waits for quiet, but not for ever: something else may be written in the folder all the time. */
    private void settle(WatchKey first) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_SETTLING.toNanos();
        for (WatchKey key = first; key != null; key = watch.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS)) {
            key.pollEvents();
            key.reset();
            if (System.nanoTime() > end) {
                return;
            }
        }
    }

    private void reload() {
        try {
            Tls.Stores stores = tls.read();
            factory.reload(f -> use(stores, f));
            log.line("virga: TLS keys and certificates were read again");
        } catch (Exception e) {
            log.line("virga: TLS goes on with the keys and certificates that it has: " + Harmless.text(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() {
        try {
            watch.close();
            thread.join();
        } catch (IOException e) {
            throw new IllegalStateException("the watch on certificates does not close: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
