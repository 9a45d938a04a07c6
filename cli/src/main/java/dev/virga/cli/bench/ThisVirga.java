package dev.virga.cli.bench;

import dev.virga.cli.Main;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this very Virga is started in a process of its own. */
final class ThisVirga {

    /** Tests may be started from a jar that only names the real class path. */
    private static final String TESTS = "surefire.test.class.path";

    private ThisVirga() {}

    /** The command without Virga's arguments: the same JVM, options and classes. */
    static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !isOfThisProcess(option))
                .forEach(command::add);
        String classes = System.getProperty(TESTS, System.getProperty("java.class.path"));
        if (classes.endsWith("virga.jar")) {
            command.addAll(List.of("-jar", classes)); // its manifest gives native access; a flag would spoil the AOT cache
        } else {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classes, Main.class.getName()));
        }
        return command;
    }

    /** The launcher gives commands the collector that starts fastest, and servers the one that the JVM picks. */
    private static boolean isOfThisProcess(String option) {
        return option.equals("-XX:+UseSerialGC")
                || option.startsWith("-Xm")
                || option.startsWith("-agent")
                || option.startsWith("-javaagent")
                || option.startsWith("--enable-native-access");
    }
}
