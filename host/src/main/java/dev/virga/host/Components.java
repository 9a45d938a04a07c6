package dev.virga.host;

import dev.virga.component.Component;
import dev.virga.component.ComponentException;
import dev.virga.component.ComponentLoader;
import dev.virga.engine.ModuleException;
import dev.virga.host.manifest.ImagePullPolicy;
import dev.virga.host.manifest.ImageReference;
import dev.virga.oci.Credentials;
import dev.virga.oci.Digests;
import dev.virga.oci.Image;
import dev.virga.oci.ImageStore;
import dev.virga.oci.PullPolicy;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Loads the components of images. Workloads of the same component share it, as long as one of them is there. */
final class Components {

    private static final String FILE = "file:";
    private static final long LARGEST_FILE = 256L << 20;

    private final ComponentLoader loader;
    private final ImageStore images;
    private final List<Path> roots;
    private final Map<String, WeakReference<Component>> loaded = new ConcurrentHashMap<>();
    private final Map<String, Lock> compiling = new ConcurrentHashMap<>();

    /** @param roots folders in and below which {@code file:} images may lie */
    Components(ComponentLoader loader, ImageStore images, List<Path> roots) {
        this.loader = loader;
        this.images = images;
        this.roots = roots;
    }

    /**
     * @throws dev.virga.oci.ImageException if there is no such image
     * @throws HostException.Refused if it is no component that this host can run
     */
    Component load(ImageReference reference, Optional<ImagePullPolicy> policy, Optional<Credentials> credentials) {
        Image image = reference.text().startsWith(FILE)
                ? file(reference.text())
                : images.get(reference.text(), policy.map(Components::policy).orElse(standard(reference)), credentials);
        return known(image).orElseGet(() -> compiledOnce(reference, image));
    }

    private Optional<Component> known(Image image) {
        return Optional.ofNullable(loaded.get(image.digest())).map(WeakReference::get);
    }

    /** Of many workloads that start at once with the same component, one compiles it. */
    private Component compiledOnce(ImageReference reference, Image image) {
        Lock lock = compiling.computeIfAbsent(image.digest(), _ -> new ReentrantLock());
        lock.lock();
        try {
            return known(image).orElseGet(() -> {
                loaded.values().removeIf(old -> old.get() == null);
                Component component = compile(reference, image);
                loaded.put(image.digest(), new WeakReference<>(component));
                return component;
            });
        } finally {
            compiling.remove(image.digest(), lock); // who waits for it finds the component, and who comes then too
            lock.unlock();
        }
    }

    private Component compile(ImageReference reference, Image image) {
        try {
            return loader.load(image.bytes()).component();
        } catch (ComponentException | ModuleException e) {
            throw new HostException.Refused("image " + reference + ": " + e.getMessage());
        }
    }

    private static PullPolicy policy(ImagePullPolicy policy) {
        return switch (policy) {
            case ALWAYS -> PullPolicy.ALWAYS;
            case IF_NOT_PRESENT -> PullPolicy.IF_NOT_PRESENT;
            case NEVER -> PullPolicy.NEVER;
        };
    }

    /** As Kubernetes has it. */
    private static PullPolicy standard(ImageReference reference) {
        String name = reference.text().substring(reference.text().lastIndexOf('/') + 1);
        boolean moves = !name.contains(":") || name.endsWith(":latest");
        return moves ? PullPolicy.ALWAYS : PullPolicy.IF_NOT_PRESENT;
    }

    private Image file(String reference) {
        try {
            Path path = Path.of(reference.substring(FILE.length())).toRealPath();
            if (!HostPolicy.isWithin(path, roots)) {
                throw new HostException.Refused("image " + reference
                        + ": this host takes files from " + roots + " only; allow more with --image-dir");
            }
            if (Files.size(path) > LARGEST_FILE) {
                throw new HostException.Refused("image " + reference + ": larger than " + LARGEST_FILE + " bytes");
            }
            byte[] bytes = Files.readAllBytes(path);
            return new Image(Digests.sha256(bytes), bytes);
        } catch (NoSuchFileException e) {
            throw new HostException.Refused("image " + reference + ": there is no such file on the host");
        } catch (IOException | InvalidPathException e) {
            throw new HostException.Refused("image " + reference + ": cannot be read: " + e);
        }
    }
}
