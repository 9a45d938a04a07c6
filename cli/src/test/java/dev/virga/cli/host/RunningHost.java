package dev.virga.cli.host;

import dev.virga.cli.Console;
import dev.virga.cli.VirgaCommand;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

/** {@code virga host} in this process. */
public final class RunningHost {

    private final FutureTask<Integer> command;
    private final Thread thread;
    private final URI uri;

    public RunningHost(Path data, String... flags) throws Exception {
        PipedInputStream printed = new PipedInputStream();
        PrintStream out = new PrintStream(new PipedOutputStream(printed), true);
        Console console =
                new Console(InputStream.nullInputStream(), out, new PrintStream(OutputStream.nullOutputStream()));
        List<String> all = new ArrayList<>(List.of("host", "--addr", "127.0.0.1:0", "--audit", "off", "--data", data.toString()));
        all.addAll(List.of(flags));
        command = new FutureTask<>(() -> VirgaCommand.execute(console, all.toArray(String[]::new)));
        thread = Thread.ofPlatform().start(command);
        BufferedReader lines = new BufferedReader(new InputStreamReader(printed));
        uri = URI.create(lines.readLine().replace("listening on ", ""));
    }

    public URI uri() {
        return uri;
    }

    /** The exit code. */
    public int stop() throws Exception {
        thread.interrupt();
        return command.get();
    }
}
