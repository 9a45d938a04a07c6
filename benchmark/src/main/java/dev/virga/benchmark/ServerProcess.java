package dev.virga.benchmark;

import dev.virga.benchmark.load.HttpConnection;
import dev.virga.benchmark.load.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server in a process of its own, which ends with this. */
final class ServerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** So long a server that answers may answer badly: some accept connections before they are ready. */
    private static final Duration UNREADY = Duration.ofSeconds(20);

    /** Another process can only be asked again. */
    private static final long PAUSE = 200_000;

    private static final int KEPT = 8 * 1024;

    private final List<String> command;
    private final Process process;
    private final StringBuilder said = new StringBuilder();

    /** @param variables more of them */
    ServerProcess(List<String> command, Map<String, String> variables) {
        this.command = command;
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(variables);
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new BenchmarkException(command.getFirst() + " cannot be started: " + e.getMessage());
        }
        Thread.ofPlatform().daemon().name("output").start(this::listen);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BenchmarkException("there is no free port: " + e.getMessage());
        }
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void listen() {
        byte[] bytes = new byte[4096];
        try (InputStream in = process.getInputStream()) {
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                synchronized (said) {
                    said.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
                    said.delete(0, Math.max(0, said.length() - KEPT));
                }
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    /** The end of what it said. */
    private String said() {
        synchronized (said) {
            return said.toString().strip();
        }
    }

    BenchmarkException failed(String why) {
        return new BenchmarkException("`" + String.join(" ", command) + "` " + why
                + (said().isEmpty() ? "" : "; its last words:\n" + said().indent(2).stripTrailing()));
    }

    /** Returns when it accepts connections. */
    void awaitAccepts(InetSocketAddress address) throws InterruptedException {
        for (long end = System.nanoTime() + START.toNanos(); ; pause(end, "does not accept connections at " + address)) {
            try (Socket socket = new Socket()) {
                socket.connect(address, 1000);
                return;
            } catch (IOException e) {
                // not yet
            }
        }
    }

    /** Returns when it answers a request well. */
    void awaitAnswer(Target target) throws InterruptedException {
        String last = "no answer";
        long end = System.nanoTime() + START.toNanos();
        boolean answers = false;
        while (true) {
            try (HttpConnection connection = new HttpConnection(target.address(), PATIENCE)) {
                HttpConnection.Answer answer = connection.exchange(target.request(), 1000);
                if (answer.good()) {
                    return;
                }
                end = answers ? end : System.nanoTime() + UNREADY.toNanos();
                answers = true;
                last = "status " + answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                last = e.getMessage();
            }
            pause(end, "does not answer well: " + last);
        }
    }

    private void pause(long end, String failure) throws InterruptedException {
        if (!process.isAlive()) {
            throw failed("ended with " + process.exitValue());
        }
        if (System.nanoTime() > end) {
            throw failed(failure);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        LockSupport.parkNanos(PAUSE);
    }

    /** Waits for its end; its exit code. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
            throw failed("does not end");
        }
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    /** Processor time that it and its children have used; nothing of a server that runs elsewhere, as in a container. */
    Duration cpu() {
        return all().map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Bytes that it and its children have resident, not a number where the system does not say. */
    double resident() {
        try {
            long sum = 0;
            for (ProcessHandle one : all().toList()) {
                for (String line : Files.readAllLines(Path.of("/proc/" + one.pid() + "/status"))) {
                    if (line.startsWith("VmRSS:")) {
                        sum += Long.parseLong(line.replaceAll("\\D", "")) << 10;
                    }
                }
            }
            return sum;
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = all().toList();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
