package dev.virga.cli.project;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a build complains about when a tool is missing, and the command that installs it. */
final class Toolchains {

    /** As shells say it: `sh: 1: cargo: not found`, `bash: cargo: command not found`. */
    private static final Pattern NOT_FOUND = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*): (?:command )?not found");

    /** As programs in Go say it, such as TinyGo: `exec: "wasm-tools": executable file not found in $PATH`. */
    private static final Pattern IN_GO = Pattern.compile("\"([A-Za-z0-9][A-Za-z0-9._-]*)\": executable file not found");

    private static final Pattern WINDOWS = Pattern.compile("'([A-Za-z0-9][A-Za-z0-9._-]*)' is not recognized");

    private static final String TINYGO = "https://github.com/tinygo-org/tinygo/releases/download/v0.39.0";

    private static final Map<String, String> INSTALL = Map.ofEntries(
            Map.entry("cargo", "curl https://sh.rustup.rs -sSf | sh && rustup target add wasm32-wasip2"),
            Map.entry("rustc", "curl https://sh.rustup.rs -sSf | sh && rustup target add wasm32-wasip2"),
            Map.entry("cargo-component", "cargo install cargo-component"),
            Map.entry("wit-bindgen", "cargo install wit-bindgen-cli@0.61.1"),
            Map.entry("wasm-tools", "cargo install wasm-tools"),
            Map.entry("wkg", "cargo install wkg"),
            Map.entry("node", "apt install nodejs npm, or see https://nodejs.org"),
            Map.entry("npm", "apt install nodejs npm, or see https://nodejs.org"),
            Map.entry("npx", "apt install nodejs npm, or see https://nodejs.org"),
            Map.entry("jco", "npm install --save-dev @bytecodealliance/jco @bytecodealliance/componentize-js"),
            Map.entry("componentize-js", "npm install"),
            Map.entry("componentize-py", "pip install componentize-py"),
            Map.entry("pip", "apt install python3-pip"),
            Map.entry("tinygo", "curl -LO " + TINYGO + "/tinygo_0.39.0_amd64.deb && sudo dpkg -i tinygo_0.39.0_amd64.deb, brew"
                    + " install tinygo-org/tools/tinygo, or see https://tinygo.org/getting-started/install"),
            Map.entry("go", "brew install go, or see https://go.dev/doc/install"),
            Map.entry("wasm-opt", "apt install binaryen, or brew install binaryen"),
            Map.entry("clang", "take wasi-sdk from https://github.com/WebAssembly/wasi-sdk/releases and set CC to its clang"));

    /** Complaints of tools about what they need themselves, and what to do. */
    private static final Map<Pattern, String> COMPLAINTS = complaints();

    private Toolchains() {}

    private static Map<Pattern, String> complaints() {
        Map<Pattern, String> all = new LinkedHashMap<>();
        all.put(
                Pattern.compile("can't find crate for `(?:core|std)`[\\s\\S]*?target may not be installed"),
                "the compiler lacks this target; install it with `rustup target add wasm32-wasip2`");
        all.put(
                Pattern.compile("npx canceled due to missing packages|could not determine executable to run"),
                "the project's packages are not installed; run `npm install`");
        all.put(Pattern.compile("no such tool \"wit-bindgen-go\"|missing go\\.sum entry"), "run `go mod tidy`");
        all.put(Pattern.compile("could not find wasm-opt"), "wasm-opt is not installed; install it: " + INSTALL.get("wasm-opt"));
        all.put(
                Pattern.compile("unable to create target: 'No available targets|cannot open crt1|wasi/api\\.h' file not found"),
                "this clang does not build for WASI; " + INSTALL.get("clang"));
        return all;
    }

    /** @param output the last of what the build printed */
    static Optional<String> hint(String output) {
        return COMPLAINTS.entrySet().stream()
                .filter(e -> e.getKey().matcher(output).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> missing(NOT_FOUND.matcher(output)))
                .or(() -> missing(IN_GO.matcher(output)))
                .or(() -> missing(WINDOWS.matcher(output)));
    }

    private static Optional<String> missing(Matcher found) {
        return found.results()
                .map(result -> result.group(1))
                .reduce((_, last) -> last)
                .map(tool -> tool + " is not installed"
                        + Optional.ofNullable(INSTALL.get(tool)).map(how -> "; install it: " + how).orElse(""));
    }
}
