package dev.virga.cli.project;

import dev.virga.cli.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder of a git repository. The user's own {@code git} fetches it, with their credentials, proxies and
 * authorities. Nothing is checked out: the files are read out of git's database, so that no hook and no filter
 * runs, and no path leads anywhere before it was looked at.
 */
final class GitTemplate {

    /** An entry of a tree: a file, or a link with its target as content. */
    record Entry(String path, boolean link, boolean executable, byte[] content) {}

    private record Listed(String mode, String id, long size, String path) {}

    private static final int MOST_FILES = 10_000;
    private static final long MOST_BYTES = 64 << 20;

    /** A URL of git's own transports; `ext::` and the like would run what it names. */
    private static final Pattern URL =
            Pattern.compile("(https?|ssh|git|file)://[^\\s-][^\\s]*|[A-Za-z0-9._]+@[A-Za-z0-9][A-Za-z0-9.-]*:[^\\s]+");

    private final String url;
    private final Optional<String> ref;
    private final String subfolder;

    /** @throws CliException.Usage if one of them is malformed */
    GitTemplate(String url, Optional<String> ref, Optional<String> subfolder) {
        this.url = url;
        this.ref = ref;
        this.subfolder = subfolder.orElse("").replaceAll("/+$", "");
        ref.filter(r -> r.startsWith("-") || r.contains(":")).ifPresent(r -> {
            throw new CliException.Usage("--git-ref " + r + ": not the name of a branch, a tag or a commit");
        });
        if (!this.subfolder.isEmpty() && !SafePath.isSafe(this.subfolder)) {
            throw new CliException.Usage("--subfolder " + this.subfolder + ": not a path inside of the repository");
        }
    }

    static boolean isUrl(String text) {
        return URL.matcher(text).matches();
    }

    /**
     * Fetches it.
     *
     * @param scratch an empty folder
     * @throws CliException.Failed if that does not work, or there is something in it that is not safe
     */
    List<Entry> fetch(Path scratch) {
        git(scratch, "init", "--quiet", "--bare", "--template=");
        git(scratch, "fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", url, ref.orElse("HEAD"));
        String tree = subfolder.isEmpty() ? "FETCH_HEAD^{tree}" : "FETCH_HEAD:" + subfolder;
        List<Listed> listed = list(git(scratch, "ls-tree", "-r", "-l", "-z", "--full-tree", tree));
        return read(scratch, listed);
    }

    private List<Listed> list(byte[] output) {
        List<Listed> all = new ArrayList<>();
        long bytes = 0;
        for (String line : new String(output, StandardCharsets.UTF_8).split("\0")) {
            if (line.isEmpty()) {
                continue;
            }
            int tab = line.indexOf('\t');
            String[] fields = line.substring(0, tab).trim().split(" +");
            String path = line.substring(tab + 1);
            if (!SafePath.isSafe(path)) {
                throw refused("has a file with the unsafe name " + SafePath.shown(path));
            }
            if (fields[1].equals("blob")) { // what is none is another repository
                all.add(new Listed(fields[0], fields[2], Long.parseLong(fields[3]), path));
                bytes += all.getLast().size();
            }
            if (all.size() > MOST_FILES || bytes > MOST_BYTES) {
                throw refused("has more than " + MOST_FILES + " files or " + (MOST_BYTES >> 20)
                        + " MiB, which no template has; name a folder with --subfolder");
            }
        }
        if (all.isEmpty()) {
            throw refused("has no files");
        }
        return all;
    }

    private List<Entry> read(Path repository, List<Listed> listed) {
        List<Entry> entries = new ArrayList<>();
        try (Git batch = Git.start(repository, List.of("cat-file", "--batch"))) {
            OutputStream in = batch.process().getOutputStream();
            InputStream out = batch.process().getInputStream();
            for (Listed one : listed) {
                in.write((one.id() + "\n").getBytes(StandardCharsets.US_ASCII));
                in.flush();
                skipLine(out); // the object's id, kind and size
                byte[] content = out.readNBytes(Math.toIntExact(one.size()));
                if (content.length != one.size() || out.read() != '\n') {
                    throw new IOException("git broke off");
                }
                boolean link = one.mode().equals("120000");
                if (link && !SafePath.isSafeLink(one.path(), new String(content, StandardCharsets.UTF_8))) {
                    throw refused("has the link " + SafePath.shown(one.path()) + " out of the folder, to "
                            + SafePath.shown(new String(content, StandardCharsets.UTF_8)));
                }
                entries.add(new Entry(one.path(), link, one.mode().equals("100755"), content));
            }
        } catch (IOException e) {
            throw refused("cannot be read: " + e.getMessage());
        }
        return entries;
    }

    private static void skipLine(InputStream in) throws IOException {
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("git broke off");
            }
        }
    }

    private byte[] git(Path repository, String... arguments) {
        try (Git git = Git.start(repository, List.of(arguments))) {
            byte[] output = git.process().getInputStream().readAllBytes();
            if (git.process().waitFor() != 0) {
                throw refused("cannot be used: git " + arguments[0] + " failed: " + git.complaint());
            }
            return output;
        } catch (IOException e) {
            throw refused("cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused("cannot be read: interrupted");
        }
    }

    private CliException.Failed refused(String why) {
        return new CliException.Failed(url + (subfolder.isEmpty() ? "" : " " + subfolder) + " " + why);
    }
}
