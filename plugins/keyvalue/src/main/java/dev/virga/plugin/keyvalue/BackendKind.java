package dev.virga.plugin.keyvalue;

import dev.virga.plugin.Settings;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A kind of backend: named in {@code META-INF/services/dev.virga.plugin.keyvalue.BackendKind}. */
public interface BackendKind {

    /** For example {@code redis}. */
    String name();

    /**
     * Opens a backend without reaching it: it may come later and go in between.
     *
     * @throws dev.virga.plugin.PluginException.Refused if a setting is wrong, naming it
     */
    Backend open(Opening opening);

    /**
     * @param name the operator's, for error texts and files
     * @param data makes and returns the plugin's folder
     * @param log for the operator; one line
     */
    record Opening(String name, Settings settings, Supplier<Path> data, Consumer<String> log) {}
}
