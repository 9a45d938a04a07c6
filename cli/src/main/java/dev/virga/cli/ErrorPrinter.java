package dev.virga.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;

/** Prints why a command failed on standard error, as {@code --output} says. */
record ErrorPrinter(PrintStream err, Style style, boolean json) {

    /** For a command line that was understood. */
    static ErrorPrinter of(Console console, CommandLine command) {
        Object format = command.getCommandSpec().findOption("--output").getValue();
        return new ErrorPrinter(console.err(), console.errorStyle(), "json".equals(String.valueOf(format)));
    }

    /** For one that was not, which may ask for JSON all the same. */
    static ErrorPrinter of(Console console, String... given) {
        String line = String.join("\n", given);
        boolean json = List.of(given).contains("--output=json") || ("\n" + line + "\n").contains("\n--output\njson\n")
                || ("\n" + line + "\n").contains("\n-o\njson\n");
        return new ErrorPrinter(console.err(), console.errorStyle(), json);
    }

    /** @param hint a line on what to do, for people, or nothing; the exit code */
    int print(CliException e, String hint) {
        if (json) {
            err.println(object(e));
            return e.exitCode();
        }
        String more = hint;
        String text = e.getMessage();
        if (e instanceof CliException.Trapped trapped) {
            text = "the guest trapped: " + TrapText.describe(trapped.trap());
            more = trapped.hint();
        }
        err.println(style.bad("virga:") + " " + text);
        if (!more.isEmpty()) {
            err.println(more);
        }
        return e.exitCode();
    }

    private static ObjectNode object(CliException e) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ObjectNode error = all.putObject("error").put("kind", e.kind()).put("message", e.getMessage());
        if (e instanceof CliException.Trapped trapped) {
            error.put("trap", trapped.trap().kind().text());
            TrapText.frames(trapped.trap()).forEach(error.putArray("backtrace")::add);
            if (!trapped.hint().isEmpty()) {
                error.put("hint", trapped.hint());
            }
        }
        return all;
    }
}
