package dev.virga.wasi.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/** A file or directory that the host holds on to, whatever happens to its name meanwhile. */
abstract class Node implements Closeable {

    /** The directory at the root of a grant. */
    static Node root(Path directory) throws IOException {
        Path real = directory.toRealPath();
        return LinuxNode.AVAILABLE ? LinuxNode.open(real) : new PortableNode(real);
    }

    /** Where Java finds this very object. */
    abstract Path path();

    /** What to give to Java beside {@link #path} so that it goes no further than this object. */
    abstract LinkOption[] here();

    /**
     * The object of this name in this directory; of a symbolic link, the link itself.
     *
     * @param name one component, or {@code .}
     */
    abstract Node child(String name) throws IOException;

    /** As {@link #child}, and fails with not-directory for a link or anything else that is none. */
    abstract Node childDirectory(String name) throws IOException;

    /** Opens this file's bytes. */
    abstract FileChannel open(Set<OpenOption> options) throws IOException;

    /** The path of a name in this directory, for operations that do not follow a link there. */
    final Path at(String name) {
        return path().resolve(name);
    }

    final Attributes attributes() throws IOException {
        return Attributes.of(path(), here());
    }
}
