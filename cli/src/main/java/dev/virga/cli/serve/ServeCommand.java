package dev.virga.cli.serve;

import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.DurationConverter;
import dev.virga.cli.EngineOption;
import dev.virga.cli.ExitCode;
import dev.virga.cli.GrantOptions;
import dev.virga.cli.GuestFile;
import dev.virga.cli.ListenOptions;
import dev.virga.cli.MemoryLimit;
import dev.virga.cli.Offers;
import dev.virga.cli.OutputOption;
import dev.virga.cli.SizeConverter;
import dev.virga.cli.UntilTold;
import dev.virga.cli.WithOption;
import dev.virga.component.ComponentException;
import dev.virga.component.ComponentLoader.Loaded;
import dev.virga.component.ComponentLoader;
import dev.virga.component.Linker;
import dev.virga.ingress.HttpServer;
import dev.virga.ingress.ServeException;
import dev.virga.ingress.ServeLimits;
import dev.virga.ingress.ServeLog;
import dev.virga.ingress.ServeOptions;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.WasiContext;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.WasiLimits;
import dev.virga.wasi.http.HttpClients;
import dev.virga.wasi.http.HttpLimits;
import dev.virga.wasi.http.HttpSender;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga serve}. */
@Command(
        name = "serve",
        description = "Answers HTTP requests with a component that exports wasi:http/incoming-handler, each with a fresh "
                + "instance. It gets what flags grant, nothing else.",
        footer = {
            "",
            "Prints `listening on http://HOST:PORT` once it accepts connections. Logs go to standard error.",
            "On SIGTERM or Ctrl-C it takes no new requests and lets those under way end.",
            "",
            "Examples:",
            "  virga serve service.wasm",
            "  virga serve --addr 0.0.0.0:80 --allow-http '*.example.com' --timeout 10s service.wasm",
            "  virga serve --with service.wasm auth.wasm",
            "  virga serve --addr 127.0.0.1:8443 --tls-cert cert.pem --tls-key key.pem service.wasm"
        })
public final class ServeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The component.")
    private Path path;

    @Mixin
    private ListenOptions listen;

    @Mixin
    private WithOption with;

    @Mixin
    private GrantOptions grantOptions;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "Stop a request that is not answered whole after this time (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            defaultValue = "256m",
            converter = SizeConverter.class,
            description = "Let each instance hold at most this much memory (default: ${DEFAULT-VALUE}).")
    private long maxMemory;

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Refuse longer request bodies (default: no limit; bodies are streamed, not held).")
    private Optional<Long> maxBody;

    @Mixin
    private EngineOption engineOption;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ServeOptions options = options();
        WasiGrants grants = grantOptions.grants();
        GuestFile file = with.plugInto(GuestFile.read(path));
        CompletableFuture<Linker<WasiContext>> offers = Offers.wasi();
        ServeLog log = console.err()::println;
        Diagnostics diagnostics = new Diagnostics(line -> log.line("virga: " + line));
        int fieldLimit = options.limits().headerBytes();
        WasiLimits limits = WasiLimits.standard();
        try (ComponentLoader loader = engineOption.loader();
                HttpClients clients = new HttpClients(SSLContext::getDefault);
                HttpSender sender = new HttpSender(
                        clients,
                        grants,
                        new HttpLimits(fieldLimit, HttpLimits.DEFAULT.patience()),
                        limits.network(),
                        diagnostics)) {
            ComponentService.Setting setting = new ComponentService.Setting(
                    grants, limits, () -> new MemoryLimit(maxMemory), diagnostics, log);
            Loaded loaded = file.loadSoon(loader);
            ComponentService service =
                    new ComponentService(loaded.component(), offers.join(), setting, fieldLimit, sender);
            EngineLog engineLog = new EngineLog(file.name(), log);
            engineLog.started(engineOption.use(loaded));
            loaded.better().ifPresent(better -> engineLog.follow(better, service::use));
            HttpServer server = HttpServer.start(options, service, log);
            new UntilTold().keep(console, server::close, listening(server.uri()));
            return ExitCode.OK;
        } catch (ServeException e) {
            throw new CliException.Failed(e.getMessage());
        } catch (NoHandlerException | ComponentException e) {
            throw new CliException.Failed(file.name() + ": " + e.getMessage());
        }
    }

    private String listening(URI uri) {
        return output.json() ? "{\"listening\": \"" + uri + "\"}" : "listening on " + uri;
    }

    private ServeOptions options() {
        return new ServeOptions(
                listen.address(),
                listen.tls(),
                listen.limits(maxBody.orElse(ServeLimits.DEFAULT.bodyBytes()), timeout),
                listen.grace(),
                listen.accessLog(),
                Optional.empty(),
                Optional.empty());
    }
}
