package dev.virga.cli.project;

import dev.virga.cli.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A project's build command while it runs. Closing stops it with all that it has started. */
final class BuildRun implements AutoCloseable {

    private static final int TAIL = 64 * 1024;
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private final String command;
    private final Process process;

    /** @throws CliException.Failed if there is no shell */
    BuildRun(Project project, String command) {
        this.command = command;
        ProcessBuilder builder = new ProcessBuilder(WINDOWS ? List.of("cmd", "/c", command) : List.of("sh", "-c", command))
                .directory(project.folder().toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.putAll(project.env());
        environment.put("VIRGA_COMPONENT", project.component().toString());
        environment.put("WASH_COMPONENT_PATH", project.component().toString());
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new CliException.Failed("the build command cannot be run: " + e.getMessage());
        }
    }

    /**
     * Waits until it has ended.
     *
     * @param out gets what it prints, as it prints it
     * @throws CliException.Failed if it failed, with what to do if a tool is missing
     */
    void await(PrintStream out) {
        try {
            String tail = copy(process.getInputStream(), out);
            int code = process.waitFor();
            if (code != 0) {
                throw new CliException.Failed("the build failed: `" + command + "` ended with " + code
                        + Toolchains.hint(tail).map(hint -> "\n" + hint).orElse(""));
            }
        } catch (IOException e) {
            throw new CliException.Failed("the build broke off: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException.Failed("the build was interrupted");
        }
    }

    /** The last of what was copied. */
    private static String copy(InputStream in, PrintStream out) throws IOException {
        byte[] buffer = new byte[8192];
        byte[] tail = new byte[0];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            out.flush();
            byte[] all = Arrays.copyOf(tail, tail.length + n);
            System.arraycopy(buffer, 0, all, tail.length, n);
            tail = Arrays.copyOfRange(all, Math.max(0, all.length - TAIL), all.length);
        }
        return new String(tail, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
