package dev.virga.cli;

import dev.virga.cli.bench.BenchCommand;
import dev.virga.cli.compile.CompileCommand;
import dev.virga.cli.completion.CompletionCommand;
import dev.virga.cli.compose.ComposeCommand;
import dev.virga.cli.config.ConfigCommand;
import dev.virga.cli.conformance.ConformanceCommand;
import dev.virga.cli.convert.ConvertCommand;
import dev.virga.cli.demo.DemoCommand;
import dev.virga.cli.doctor.DoctorCommand;
import dev.virga.cli.help.HelpCommand;
import dev.virga.cli.host.ApplyCommand;
import dev.virga.cli.host.DeleteCommand;
import dev.virga.cli.host.DescribeCommand;
import dev.virga.cli.host.DrainCommand;
import dev.virga.cli.host.GetCommand;
import dev.virga.cli.host.HostCommand;
import dev.virga.cli.host.LogsCommand;
import dev.virga.cli.host.ScaleCommand;
import dev.virga.cli.inspect.InspectCommand;
import dev.virga.cli.oci.OciCommand;
import dev.virga.cli.operator.OperatorCommand;
import dev.virga.cli.project.BuildCommand;
import dev.virga.cli.project.DevCommand;
import dev.virga.cli.project.NewCommand;
import dev.virga.cli.redact.RedactCommand;
import dev.virga.cli.run.RunCommand;
import dev.virga.cli.serve.ServeCommand;
import dev.virga.cli.wit.WitCommand;
import dev.virga.host.shape.Suggestions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command without a word behind it; it holds the others. */
@Command(
        name = "virga",
        versionProvider = Version.class,
        description = "Runs, serves and hosts WebAssembly components.",
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  virga new rust-http --name hello, and then virga dev -C hello",
            "  virga run hello.wasm",
            "  virga serve --addr 127.0.0.1:8080 service.wasm",
            "  virga host, and then virga apply -f shop.yaml, virga get",
            "  virga inspect service.wasm",
            "",
            "`virga COMMAND --help` says more about a command."
        })
public final class VirgaCommand implements Runnable {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    private VirgaCommand() {}

    /** All commands, to look at. */
    public static CommandLine model(Console console) {
        CommandLine line = new CommandLine(new VirgaCommand());
        commands(console).forEach((_, command) -> line.addSubcommand(command.get()));
        return line;
    }

    /** Runs a command line; its exit code. */
    public static int execute(Console console, String... args) {
        CommandLine line;
        Map<String, Supplier<Object>> commands = commands(console);
        if (args.length > 0 && commands.containsKey(args[0])) {
            // Reading the annotations of commands that are not asked for would slow each start.
            line = new CommandLine(new VirgaCommand()).addSubcommand(commands.get(args[0]).get());
        } else {
            line = model(console);
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        if (line.getSubcommands().get("run") instanceof CommandLine run) {
            run.setStopAtPositional(true);
        }
        line.setOut(new java.io.PrintWriter(console.out(), true));
        line.setErr(new java.io.PrintWriter(console.err(), true));
        line.setParameterExceptionHandler((e, given) -> usageError(ErrorPrinter.of(console, given), e));
        line.setExecutionExceptionHandler((e, failed, parsed) -> failure(ErrorPrinter.of(console, failed), e));
        return line.execute(args);
    }

    private static Map<String, Supplier<Object>> commands(Console console) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", () -> new DemoCommand(console));
        commands.put("new", () -> new NewCommand(console));
        commands.put("build", () -> new BuildCommand(console));
        commands.put("dev", () -> new DevCommand(console));
        commands.put("run", () -> new RunCommand(console));
        commands.put("serve", () -> new ServeCommand(console));
        commands.put("host", () -> new HostCommand(console));
        commands.put("apply", () -> new ApplyCommand(console));
        commands.put("get", () -> new GetCommand(console));
        commands.put("describe", () -> new DescribeCommand(console));
        commands.put("logs", () -> new LogsCommand(console));
        commands.put("scale", () -> new ScaleCommand(console));
        commands.put("delete", () -> new DeleteCommand(console));
        commands.put("drain", () -> new DrainCommand(console));
        commands.put("operator", () -> new OperatorCommand(console));
        commands.put("convert", () -> new ConvertCommand(console));
        commands.put("wit", () -> WitCommand.of(console));
        commands.put("oci", () -> OciCommand.of(console));
        commands.put("inspect", () -> new InspectCommand(console));
        commands.put("compose", () -> new ComposeCommand(console));
        commands.put("compile", () -> new CompileCommand(console));
        commands.put("doctor", () -> new DoctorCommand(console));
        commands.put("config", () -> new ConfigCommand(console));
        commands.put("completion", () -> new CompletionCommand(console));
        commands.put("help", () -> new HelpCommand(console));
        commands.put("bench", () -> BenchCommand.of(console));
        commands.put("redact", () -> new RedactCommand(console));
        commands.put("conformance", () -> new ConformanceCommand(console));
        return commands;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? See `virga --help`");
    }

    private static int usageError(ErrorPrinter errors, ParameterException e) {
        String text = e instanceof UnmatchedArgumentException unmatched ? unknown(unmatched) : firstLine(e.getMessage());
        String help = "Try `" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help`.";
        return errors.print(new CliException.Usage(text), help);
    }

    private static String unknown(UnmatchedArgumentException e) {
        CommandLine line = e.getCommandLine();
        String typed = firstLine(e.getUnmatched().getFirst()).split("=", 2)[0];
        boolean flag = typed.startsWith("-");
        boolean command = !flag && !line.getSubcommands().isEmpty();
        Optional<String> meant = Suggestions.question(
                typed,
                flag ? line.getCommandSpec().optionsMap().keySet()
                        : line.getSubcommands().keySet());
        return (flag ? "unknown flag " : command ? "unknown command " : "one argument too many: ")
                + "'" + typed + "'"
                + meant.orElse("");
    }

    private static int failure(ErrorPrinter errors, Exception e) throws Exception {
        if (e instanceof CliException known) {
            return errors.print(known, "");
        }
        throw e;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
