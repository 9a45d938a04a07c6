package dev.virga.wasi;

import dev.virga.wasi.cli.Environment;
import dev.virga.wasi.cli.Exit;
import dev.virga.wasi.cli.StandardStreams;
import dev.virga.wasi.clocks.MonotonicClock;
import dev.virga.wasi.clocks.Timezone;
import dev.virga.wasi.clocks.WallClock;
import dev.virga.wasi.filesystem.Filesystem;
import dev.virga.wasi.io.Poll;
import dev.virga.wasi.random.Insecure;
import dev.virga.wasi.random.InsecureSeed;
import dev.virga.wasi.random.Random;
import dev.virga.wasi.sockets.Sockets;
import java.io.IOException;

/**
 * One instance's view of the world, as its grants allow, and everything it has opened there. Closing
 * the context closes all of that.
 */
public final class WasiContext implements AutoCloseable {

    private final WasiGrants grants;
    private final Diagnostics diagnostics;
    private final OpenThings descriptors;
    private final OpenThings openSockets;

    private final Environment environment;
    private final Exit exit = new Exit();
    private final StandardStreams standardStreams;
    private final Poll poll = new Poll();
    private final MonotonicClock monotonicClock = new MonotonicClock();
    private final WallClock wallClock = new WallClock();
    private final Timezone timezone = new Timezone();
    private final Filesystem filesystem;
    private final Sockets sockets;
    private final Random random;
    private final Insecure insecure;
    private final InsecureSeed insecureSeed = new InsecureSeed();

    /** @param diagnostics of this instance */
    public WasiContext(WasiGrants grants, Stdio stdio, WasiLimits limits, Diagnostics diagnostics) {
        this.grants = grants;
        this.diagnostics = diagnostics;
        this.descriptors = new OpenThings(limits.descriptors());
        this.openSockets = new OpenThings(limits.sockets());
        this.environment = new Environment(grants);
        this.standardStreams = new StandardStreams(stdio);
        this.filesystem = new Filesystem(grants.preopens(), descriptors, diagnostics);
        this.sockets = new Sockets(grants, diagnostics, openSockets, limits.network());
        this.random = new Random(limits.randomBytes());
        this.insecure = new Insecure(limits.randomBytes());
    }

    public WasiGrants grants() {
        return grants;
    }

    public Diagnostics diagnostics() {
        return diagnostics;
    }

    /** Closes all that the guest left open, sockets first. */
    @Override
    public void close() {
        try (descriptors; openSockets) {
            // Both are closed, whatever happens.
        } catch (IOException e) {
            diagnostics.failed("an open file or socket could not be closed", e);
        }
    }

    Environment environment() {
        return environment;
    }

    Exit exit() {
        return exit;
    }

    StandardStreams standardStreams() {
        return standardStreams;
    }

    Poll poll() {
        return poll;
    }

    MonotonicClock monotonicClock() {
        return monotonicClock;
    }

    WallClock wallClock() {
        return wallClock;
    }

    Timezone timezone() {
        return timezone;
    }

    Filesystem filesystem() {
        return filesystem;
    }

    Sockets sockets() {
        return sockets;
    }

    Random random() {
        return random;
    }

    Insecure insecure() {
        return insecure;
    }

    InsecureSeed insecureSeed() {
        return insecureSeed;
    }
}
