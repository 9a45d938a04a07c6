package dev.virga.cli;

/** Where the process starts. */
public final class Main {

    /**
     * Twice as many carriers of virtual threads as there are processors: while one is in the kernel, or busy with a
     * guest for a tick, the system gives the processor to another.
     */
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    private static final int CARRIERS_OF_PROCESSOR = 2;

    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty(CARRIERS) == null) { // read when the first virtual thread starts
            int carriers = CARRIERS_OF_PROCESSOR * Runtime.getRuntime().availableProcessors();
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
