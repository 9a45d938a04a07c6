package dev.virga.cli.host;

import dev.virga.cli.CliException;
import dev.virga.cli.YamlFile;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A backend of a plugin. What is secret need not stand here: it comes from a variable or a file. */
record BackendConfig(
        @Field(value = "Its kind, for example redis.", text = Text.NOT_EMPTY) String kind,
        @Field(value = "Settings.", keys = Text.SETTING) Map<String, String> settings,
        @Field(value = "Settings out of variables of the host's environment.", keys = Text.SETTING)
                Map<String, String> environment,
        @Field(value = "Settings out of files, without the line end at their ends.", keys = Text.SETTING)
                Map<String, String> files) {

    /**
     * @param name for error texts
     * @throws CliException.Usage if a variable or a file is not there
     */
    PluginHost.Backend resolve(String name, Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(settings);
        environment.forEach((setting, variable) -> all.put(
                setting,
                Optional.ofNullable(variables.get(variable)).orElseThrow(() -> new CliException.Usage("backend " + name
                        + ": there is no variable " + variable + " for " + setting + " in the environment"))));
        files.forEach((setting, file) -> all.put(setting, YamlFile.text(Path.of(file)).replaceFirst("\\R\\z", "")));
        return new PluginHost.Backend(kind, new Settings(all));
    }
}
