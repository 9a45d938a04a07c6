package dev.virga.wasi.filesystem;

import dev.virga.engine.Trap;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.OpenThings;
import dev.virga.wasi.Preopen;
import dev.virga.wasi.WasiException;
import dev.virga.wasi.io.IoError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code wasi:filesystem/preopens} and the free function of {@code wasi:filesystem/types}. */
public final class Filesystem {

    /** A directory and the guest's path for it. */
    public record Directory(Descriptor descriptor, String path) {}

    private static final Set<DescriptorFlag> ALL = EnumSet.of(DescriptorFlag.READ, DescriptorFlag.MUTATE_DIRECTORY);

    private final List<Preopen> preopens;
    private final OpenThings registry;
    private final Diagnostics diagnostics;

    public Filesystem(List<Preopen> preopens, OpenThings registry, Diagnostics diagnostics) {
        this.preopens = preopens;
        this.registry = registry;
        this.diagnostics = diagnostics;
    }

    /** @throws WasiException.Unavailable if a directory is not there */
    public List<Directory> getDirectories() {
        List<Directory> directories = new ArrayList<>();
        for (Preopen preopen : preopens) {
            if (!registry.hasRoom()) {
                throw new Trap(Trap.Kind.CANONICAL_ABI, "wasi:filesystem/preopens: too many descriptors are open");
            }
            boolean writable = preopen.access() == Preopen.Access.READ_WRITE;
            try {
                Node root = Node.root(preopen.host());
                directories.add(new Directory(
                        DirectoryDescriptor.open(root, ALL, writable, registry, preopen.quota()), preopen.guest()));
                diagnostics.used("directory", preopen::guest);
            } catch (IOException e) {
                throw new WasiException.Unavailable("directory " + preopen.host() + " cannot be opened: " + e);
            }
        }
        return directories;
    }

    public Optional<ErrorCode> filesystemErrorCode(IoError error) {
        return Errors.known(error.cause());
    }
}
