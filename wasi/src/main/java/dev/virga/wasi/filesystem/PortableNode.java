package dev.virga.wasi.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** A node known by its path; works on every system, see the package for what it cannot promise. */
final class PortableNode extends Node {

    private static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};

    private final Path path;

    PortableNode(Path path) {
        this.path = path;
    }

    @Override
    Path path() {
        return path;
    }

    @Override
    LinkOption[] here() {
        return NO_FOLLOW.clone();
    }

    @Override
    Node child(String name) throws IOException {
        Path child = name.equals(".") ? path : at(name);
        Attributes.of(child, NO_FOLLOW);
        return new PortableNode(child);
    }

    @Override
    Node childDirectory(String name) throws IOException {
        Node child = child(name);
        if (!child.attributes().isDirectory()) {
            throw new ErrorCodeException(ErrorCode.NOT_DIRECTORY);
        }
        return child;
    }

    @Override
    FileChannel open(Set<OpenOption> options) throws IOException {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(path, all);
    }

    @Override
    public void close() {}
}
