package dev.virga.cli.run;

import dev.virga.cli.Console;
import dev.virga.cli.DurationConverter;
import dev.virga.cli.EngineOption;
import dev.virga.cli.GrantOptions;
import dev.virga.cli.GuestFile;
import dev.virga.cli.MemoryLimit;
import dev.virga.cli.Offers;
import dev.virga.cli.OutputOption;
import dev.virga.cli.Progress;
import dev.virga.cli.SizeConverter;
import dev.virga.cli.WithOption;
import dev.virga.component.ComponentLoader;
import dev.virga.component.ComponentLoader.Loaded;
import dev.virga.component.Linker;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.WasiContext;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.WasiLimits;
import dev.virga.wasi.http.HttpClients;
import dev.virga.wasi.http.HttpLimits;
import dev.virga.wasi.http.HttpSender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga run}. */
@Command(
        name = "run",
        description = "Runs a component that is a command (exports wasi:cli/run). It gets what flags grant, nothing else.",
        footer = {
            "",
            "Flags stand before FILE; what follows it belongs to the guest. The exit code is the guest's,",
            "or 1 if it traps.",
            "",
            "Examples:",
            "  virga run hello.wasm",
            "  virga run --dir .::/data::ro --env LANG=C wc.wasm /data/README.md",
            "  virga run --allow-http api.example.com --timeout 30s fetch.wasm",
            "  virga run --with acme:db/store=store.wasm report.wasm"
        })
public final class RunCommand implements Callable<Integer> {

    private static final int FIELD_LIMIT = 64 * 1024;

    @Parameters(index = "0", paramLabel = "FILE", description = "The component.")
    private Path path;

    @Parameters(index = "1..*", paramLabel = "ARG", description = "The guest's arguments.")
    private List<String> arguments = new ArrayList<>();

    @Mixin
    private WithOption with;

    @Mixin
    private GrantOptions grantOptions;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Stop the guest after this time, for example 500ms, 30s or 2m (default: never).")
    private Optional<Duration> timeout;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            defaultValue = "1g",
            converter = SizeConverter.class,
            description = "Let the guest hold at most this much memory, for example 64m (default: 1g).")
    private long maxMemory;

    @Mixin
    private EngineOption engineOption;

    @Option(names = "--verbose", description = "Say on standard error which engine runs the guest, and why.")
    private boolean verbose;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> all = new ArrayList<>();
        all.add(path.getFileName().toString());
        all.addAll(arguments);
        WasiGrants grants = grantOptions.grants().withArguments(all);
        GuestFile file = with.plugInto(GuestFile.read(path));
        CompletableFuture<Linker<WasiContext>> offers = Offers.wasi();
        Diagnostics diagnostics = new Diagnostics(line -> console.err().println("virga: " + line));
        WasiLimits limits = WasiLimits.standard();
        try (ComponentLoader loader = engineOption.loader();
                HttpClients clients = new HttpClients(SSLContext::getDefault);
                HttpSender sender = new HttpSender(
                        clients,
                        grants,
                        new HttpLimits(FIELD_LIMIT, HttpLimits.DEFAULT.patience()),
                        limits.network(),
                        diagnostics)) {
            Loaded loaded = loaded(file, loader);
            if (verbose) {
                console.err().println("virga: " + file.name() + ": engine: " + engineOption.use(loaded).text());
            }
            CommandGuest guest = new CommandGuest(file, loaded.component(), offers, sender);
            try (WasiContext context =
                    new WasiContext(grants, console.stdio(), limits, diagnostics)) {
                return guest.run(context, new MemoryLimit(maxMemory), timeout);
            }
        }
    }

    private Loaded loaded(GuestFile file, ComponentLoader loader) {
        try (Progress _ = Progress.of(console, "compiling " + file.name())) {
            return file.load(loader);
        }
    }
}
