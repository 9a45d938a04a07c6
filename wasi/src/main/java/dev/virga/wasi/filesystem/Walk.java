package dev.virga.wasi.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The way from a directory along a guest's path to the directory of its last component, as {@code
 * path-resolution.md} of wasi:filesystem describes it: each component is opened without following a
 * link, links are read and followed here, and nothing leads above the directory where it began.
 */
final class Walk implements Closeable {

    private static final int MAX_PATH = 4096;
    private static final int MAX_LINKS = 40;
    /** Each directory on the way is held open, so their number is bounded. */
    private static final int MAX_DEPTH = 256;

    static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    /** Other separators, drives, streams, wildcards, device names, and ends that Windows would drop. */
    private static final Pattern NOT_ON_WINDOWS = Pattern.compile(
            ".*[\\\\:*?\"<>|\\x00-\\x1f].*|.*[. ]|(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\\$|conout\\$)(\\..*)?");

    private final Node start;
    private final Deque<Node> opened = new ArrayDeque<>();
    private final Deque<String> left = new ArrayDeque<>();
    private int links;
    private String name = ".";
    private boolean directoryOnly;

    private Walk(Node start) {
        this.start = start;
    }

    /**
     * Walks along a path.
     *
     * @param follow whether a symbolic link as the last component is followed
     */
    static Walk along(Node start, String path, boolean follow) throws IOException {
        Walk walk = new Walk(start);
        try {
            walk.enqueue(path);
            while (!walk.left.isEmpty()) {
                walk.step(follow);
            }
            return walk;
        } catch (IOException | RuntimeException e) {
            walk.close();
            throw e;
        }
    }

    /** The directory that holds the last component. */
    Node parent() {
        return opened.isEmpty() ? start : opened.getLast();
    }

    /** The last component, or {@code .} where the path ends at the parent itself. */
    String name() {
        return name;
    }

    /** Whether the path can only mean a directory, as one with a slash at its end. */
    boolean directoryOnly() {
        return directoryOnly;
    }

    /** The last component's path, for an operation that does not follow a link there. */
    Path target() {
        return parent().at(name);
    }

    /** Of the last component itself, with its slash respected. */
    Attributes attributes() throws IOException {
        Attributes attributes = Attributes.of(target(), LinkOption.NOFOLLOW_LINKS);
        if (directoryOnly && !attributes.isDirectory()) {
            throw new ErrorCodeException(ErrorCode.NOT_DIRECTORY);
        }
        return attributes;
    }

    private void step(boolean follow) throws IOException {
        String component = left.removeFirst();
        if (component.equals("..")) {
            if (opened.isEmpty()) {
                throw new ErrorCodeException(ErrorCode.NOT_PERMITTED);
            }
            opened.removeLast().close();
            name = ".";
        } else if (left.isEmpty() && !(follow && isLink(component))) {
            name = component;
        } else if (left.isEmpty()) {
            followLink(component);
        } else {
            enter(component);
        }
    }

    private void enter(String component) throws IOException {
        if (opened.size() == MAX_DEPTH) {
            throw new ErrorCodeException(ErrorCode.NAME_TOO_LONG);
        }
        try {
            opened.addLast(parent().childDirectory(component));
        } catch (ErrorCodeException e) {
            if (e.code() != ErrorCode.NOT_DIRECTORY && e.code() != ErrorCode.LOOP || !isLink(component)) {
                throw e;
            }
            followLink(component);
        }
        name = ".";
    }

    private boolean isLink(String component) throws IOException {
        try {
            return Attributes.of(parent().at(component), LinkOption.NOFOLLOW_LINKS).isLink();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void followLink(String component) throws IOException {
        if (++links > MAX_LINKS) {
            throw new ErrorCodeException(ErrorCode.LOOP);
        }
        name = ".";
        boolean slash = directoryOnly;
        enqueue(content(parent().at(component)));
        directoryOnly |= slash;
    }

    /** What a link says; one that leads to an absolute path is not for guests. */
    static String content(Path link) throws IOException {
        String content = Files.readSymbolicLink(link).toString();
        String plain = WINDOWS ? content.replace('\\', '/') : content;
        if (plain.startsWith("/") || WINDOWS && plain.matches("[A-Za-z]:.*")) {
            throw new ErrorCodeException(ErrorCode.NOT_PERMITTED);
        }
        return plain;
    }

    /** Puts a path's components before those that are left. */
    private void enqueue(String path) throws IOException {
        if (path.isEmpty()) {
            throw new ErrorCodeException(ErrorCode.NO_ENTRY);
        }
        if (path.length() >= MAX_PATH) {
            throw new ErrorCodeException(ErrorCode.NAME_TOO_LONG);
        }
        if (path.startsWith("/")) {
            throw new ErrorCodeException(ErrorCode.NOT_PERMITTED);
        }
        if (path.indexOf('\0') >= 0) {
            throw new ErrorCodeException(ErrorCode.INVALID);
        }
        String[] components = path.split("/", -1);
        String last = components[components.length - 1];
        if (left.isEmpty()) {
            directoryOnly = last.isEmpty() || last.equals(".") || last.equals("..");
        }
        for (int i = components.length - 1; i >= 0; i--) {
            if (!components[i].isEmpty() && !components[i].equals(".")) {
                left.addFirst(checked(components[i]));
            }
        }
    }

    private static String checked(String component) throws IOException {
        if (WINDOWS
                && !component.equals("..")
                && NOT_ON_WINDOWS.matcher(component.toLowerCase(Locale.ROOT)).matches()) {
            throw new ErrorCodeException(ErrorCode.INVALID);
        }
        return component;
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            opened.removeLast().close();
        }
    }
}
