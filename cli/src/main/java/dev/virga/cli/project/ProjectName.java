package dev.virga.cli.project;

import dev.virga.cli.CliException;
import java.util.regex.Pattern;

/** What a project may be called, so that packages of all languages and workloads may be called so too. */
record ProjectName(String text) {

    private static final Pattern VALID = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    /** @throws CliException.Usage if it is no such name */
    ProjectName {
        if (!VALID.matcher(text).matches()) {
            throw new CliException.Usage("--name " + text + ": not a project's name; take at most 63 lower-case letters,"
                    + " digits and hyphens, with a letter first and no hyphen last, for example my-app");
        }
    }

    /** As Rust names a library's file. */
    String crate() {
        return text.replace('-', '_');
    }
}
