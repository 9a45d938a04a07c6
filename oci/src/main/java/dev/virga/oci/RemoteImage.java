package dev.virga.oci;

import dev.virga.wasi.SpecialAddresses;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import land.oras.ContainerRef;
import land.oras.Layer;
import land.oras.Manifest;
import land.oras.Registry;
import land.oras.exception.OrasException;

/** An image in a registry. */
final class RemoteImage {

    private static final List<String> WASM =
            List.of("application/wasm", "application/vnd.wasm.content.layer.v1+wasm");
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final ContainerRef reference;
    private final Registry registry;
    private final RegistrySettings settings;

    RemoteImage(ContainerRef reference, RegistrySettings settings, Optional<Credentials> credentials) {
        this.reference = reference;
        this.settings = settings;
        String host = reference.getRegistry();
        checkAddress(host);
        Registry.Builder builder = Registry.builder();
        builder = credentials.isPresent()
                ? builder.defaults(host, credentials.get().user(), credentials.get().password())
                : builder.defaults(host);
        if (settings.plainHttp().contains(host)) {
            builder = builder.withInsecure(true);
        }
        if (settings.authority().isPresent()) {
            builder = builder.withCaFile(settings.authority().get());
        }
        this.registry = builder.build();
    }

    /** A manifest's author must not reach what only the host can. */
    private void checkAddress(String host) {
        if (settings.internal().contains(host) || settings.plainHttp().contains(host)) {
            return;
        }
        String name = host.replaceFirst(":[0-9]+$", "").replaceAll("[\\[\\]]", "");
        try {
            for (InetAddress address : InetAddress.getAllByName(name)) {
                if (SpecialAddresses.contain(address)) {
                    throw new ImageException.Denied(reference + ": the registry " + host
                            + " is at an address that is not public; allow it with --allow-registry " + host, null);
                }
            }
        } catch (UnknownHostException e) {
            throw new ImageException.Unreachable(reference + ": there is no host " + name, e);
        }
    }

    /** The digest of the component's bytes. */
    Layer component() {
        return asked(() -> {
            Manifest manifest = registry.getManifest(reference);
            checkPin(manifest);
            List<Layer> layers = manifest.getLayers().stream()
                    .filter(layer -> WASM.contains(layer.getMediaType()))
                    .toList();
            if (layers.size() != 1) {
                throw new ImageException.Wrong(reference + ": it has " + layers.size() + " layers of type "
                        + WASM.getFirst() + " instead of one, so it is no component", null);
            }
            Long size = layers.getFirst().getSize();
            if (size == null || size < 0 || size > settings.largest()) {
                throw new ImageException.Wrong(
                        reference + ": its component of " + size + " bytes is larger than " + settings.largest(), null);
            }
            return layers.getFirst();
        });
    }

    private void checkPin(Manifest manifest) {
        String pinned = reference.getDigest();
        if (pinned != null && pinned.startsWith("sha256:")) {
            String actual = Digests.sha256(manifest.getJson().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            if (!actual.equals(pinned)) {
                throw new ImageException.Wrong(
                        reference + ": the registry's manifest has the digest " + actual, null);
            }
        }
    }

    byte[] fetch(Layer layer) {
        return asked(() -> {
            try (InputStream in = registry.getBlobStream(reference.withDigest(layer.getDigest()))) {
                byte[] bytes = in.readNBytes(Math.toIntExact(layer.getSize()) + 1);
                String actual = Digests.sha256(bytes);
                if (!actual.equals(layer.getDigest())) {
                    throw new ImageException.Wrong(reference + ": its component should have the digest "
                            + layer.getDigest() + " and has " + actual, null);
                }
                return bytes;
            } catch (IOException e) {
                throw new ImageException.Unreachable(reference + ": reading from the registry failed: " + e, e);
            }
        });
    }

    /** The client has no time limit of its own. */
    private <R> R asked(Callable<R> request) {
        FutureTask<R> asking = new FutureTask<>(request);
        Thread thread = Thread.ofVirtual().name("pull " + reference).start(asking);
        try {
            return asking.get(LONGEST.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ImageException.Unreachable(
                    reference + ": the registry took longer than " + LONGEST.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageException.Unreachable(reference + ": interrupted while the registry was asked", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            thread.interrupt();
        }
    }

    private RuntimeException failure(Throwable cause) {
        return switch (cause) {
            case OrasException e -> refused(e);
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException("a request threw a checked exception", cause);
        };
    }

    private ImageException refused(OrasException e) {
        int status = e.getStatusCode() == null ? 0 : e.getStatusCode();
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN -> new ImageException.Denied(
                    reference + ": the registry answers " + status + ": check the imagePullSecret", e);
            case NOT_FOUND -> new ImageException.Missing(reference + ": there is no such image", e);
            default -> new ImageException.Unreachable(
                    reference + ": the registry cannot be used: " + e.getMessage(), e);
        };
    }
}
