package dev.virga.cli;

/** Where the process starts. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(Console.system(), args));
    }

    /** Asking for the version alone needs no parser of command lines, whose classes take most of such a start. */
    private static int run(Console console, String... args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            console.out().println("virga " + Version.text());
            return ExitCode.OK;
        }
        return VirgaCommand.execute(console, args);
    }
}
