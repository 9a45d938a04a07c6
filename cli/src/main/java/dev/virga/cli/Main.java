package dev.virga.cli;

/** Where the process starts. */
public final class Main {

    /**
     * Three carriers of virtual threads for two processors: while one is in the kernel, or busy with a guest for a tick,
     * the system gives the processor to another. With more of them a request waits longer while others have its processor.
     */
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty(CARRIERS) == null) { // read when the first virtual thread starts
            int processors = Runtime.getRuntime().availableProcessors();
            int carriers = processors + (processors + 1) / 2;
            System.setProperty(CARRIERS, Integer.toString(carriers));
        }
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
