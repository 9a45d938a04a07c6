package dev.virga.cli.completion;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** Commands by the words behind {@code virga} that lead to them. */
final class Paths {

    private Paths() {}

    /** With the whole command, which no word leads to. */
    static Map<String, CommandLine> of(CommandLine root) {
        Map<String, CommandLine> all = new LinkedHashMap<>();
        add("", root, all);
        return all;
    }

    private static void add(String path, CommandLine command, Map<String, CommandLine> all) {
        all.put(path, command);
        command.getSubcommands().forEach((name, one) -> add(path.isEmpty() ? name : path + " " + name, one, all));
    }
}
