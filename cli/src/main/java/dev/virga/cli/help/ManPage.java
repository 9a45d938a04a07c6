package dev.virga.cli.help;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command's help as a man page (man(7)). */
final class ManPage {

    private static final String EXAMPLES = "Examples:";

    private final StringBuilder page = new StringBuilder();
    private final CommandLine command;
    private final CommandSpec spec;

    private ManPage(CommandLine command) {
        this.command = command;
        this.spec = command.getCommandSpec();
    }

    static String of(CommandLine command, String version) {
        ManPage page = new ManPage(command);
        page.write(version);
        return page.page.toString();
    }

    private void write(String version) {
        String name = spec.qualifiedName("-");
        line(".TH \"" + name.toUpperCase(java.util.Locale.ROOT) + "\" 1 \"\" \"virga " + version + "\" \"Virga\"");
        line(".SH NAME");
        line(escaped(name) + " \\- " + escaped(String.join(" ", spec.usageMessage().description())));
        line(".SH SYNOPSIS");
        line(".nf");
        String synopsis = new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF)).synopsis(0);
        synopsis.lines().map(String::strip).forEach(this::text);
        line(".fi");
        line(".SH DESCRIPTION");
        for (String paragraph : spec.usageMessage().description()) {
            text(paragraph);
        }
        prose();
        if (!spec.positionalParameters().isEmpty()) {
            line(".SH ARGUMENTS");
            spec.positionalParameters().forEach(p -> item(p.paramLabel(), p));
        }
        line(".SH OPTIONS");
        spec.options().stream().filter(o -> !o.hidden()).forEach(o -> item(names(o), o));
        if (!command.getSubcommands().isEmpty()) {
            line(".SH COMMANDS");
            command.getSubcommands().forEach((word, one) -> {
                line(".TP");
                line(".BR " + escaped(one.getCommandSpec().qualifiedName("-")) + " (1)");
                text(String.join(" ", one.getCommandSpec().usageMessage().description()));
            });
        }
        line(".SH EXAMPLES");
        line(".nf");
        examples().forEach(this::text);
        line(".fi");
        if (spec.parent() != null) {
            line(".SH SEE ALSO");
            line(".BR " + escaped(spec.parent().qualifiedName("-")) + " (1)");
        }
    }

    private static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
    }

    private void item(String name, ArgSpec argument) {
        line(".TP");
        line(".B \"" + escaped(name) + "\"");
        text(String.join(" ", argument.description()));
    }

    /** The footer, as far as it holds no examples; lines that are indented stay lines. */
    private void prose() {
        boolean example = false;
        boolean verbatim = false;
        for (String text : spec.usageMessage().footer()) {
            example = !text.isEmpty() && !text.startsWith(" ") ? text.equals(EXAMPLES) : example;
            boolean indented = text.startsWith(" ");
            if (example) {
                continue;
            }
            if (indented != verbatim) {
                line(indented ? ".nf" : ".fi");
                verbatim = indented;
            }
            if (text.isEmpty()) {
                line(".PP");
            } else {
                text(text);
            }
        }
        if (verbatim) {
            line(".fi");
        }
    }

    private List<String> examples() {
        List<String> examples = new ArrayList<>();
        boolean inside = false;
        for (String text : spec.usageMessage().footer()) {
            if (!text.isEmpty() && !text.startsWith(" ")) {
                inside = text.equals(EXAMPLES);
            } else if (inside && !text.isEmpty()) {
                examples.add(text.replaceFirst("^ {2}", ""));
            }
        }
        return examples;
    }

    private void text(String text) {
        String escaped = escaped(text);
        // A point or a quote at the start of a line would be a request.
        line(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped);
    }

    private static String escaped(String text) {
        return text.replace("%n", " ").replace("%%", "%").codePoints()
                .mapToObj(c -> switch (c) {
                    case '\\' -> "\\e";
                    case '-' -> "\\-";
                    case '"' -> "\\(dq";
                    case '\'' -> "\\(aq";
                    case '`' -> "\\(ga";
                    default -> Character.toString(c);
                })
                .collect(Collectors.joining());
    }

    private void line(String line) {
        page.append(line).append('\n');
    }
}
