package dev.virga.cli.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something outside of itself that a component may use.
 *
 * @param words for people
 * @param grant the flag that grants it; without one it needs none or cannot be granted
 * @param interfaces the imports through which it is used
 */
record Capability(String words, Optional<String> grant, List<String> interfaces) {

    private record Rule(String prefix, String words, Optional<String> grant) {}

    private static final Rule UNKNOWN = rule("", "something that Virga does not offer: compose it with a component that does");

    /** The first that fits counts. */
    private static final List<Rule> RULES = List.of(
            rule("wasi:cli/environment", "arguments and environment variables", "--env NAME=VALUE"),
            rule("wasi:cli/exit", "to exit with a code"),
            rule("wasi:cli/", "standard input, output and error"),
            rule("wasi:filesystem/", "files and directories", "--dir HOST[::GUEST]"),
            rule("wasi:sockets/ip-name-lookup", "to resolve names to addresses", "--allow-name-lookup"),
            rule("wasi:sockets/", "TCP and UDP sockets", "--allow-socket ADDRESS[:PORT]"),
            rule("wasi:http/outgoing-handler", "to send HTTP requests", "--allow-http HOST[:PORT]"),
            rule("wasi:http/", "the types of HTTP requests and responses"),
            rule("wasi:clocks/", "clocks"),
            rule("wasi:random/", "random numbers"),
            rule("wasi:io/", "streams and waiting on them"));

    private static Rule rule(String prefix, String words) {
        return new Rule(prefix, words, Optional.empty());
    }

    private static Rule rule(String prefix, String words, String grant) {
        return new Rule(prefix, words, Optional.of(grant));
    }

    /** The capabilities behind imports, in the order of the imports. */
    static List<Capability> of(List<String> imports) {
        Map<Rule, List<String>> byRule = new LinkedHashMap<>();
        for (String name : imports) {
            Rule rule = RULES.stream().filter(r -> name.startsWith(r.prefix())).findFirst().orElse(UNKNOWN);
            byRule.computeIfAbsent(rule, _ -> new ArrayList<>()).add(name);
        }
        return byRule.entrySet().stream()
                .map(e -> new Capability(e.getKey().words(), e.getKey().grant(), List.copyOf(e.getValue())))
                .toList();
    }
}
