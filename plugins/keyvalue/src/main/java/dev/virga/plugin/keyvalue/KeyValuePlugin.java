package dev.virga.plugin.keyvalue;

import dev.virga.plugin.Backends;
import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Handled;
import dev.virga.plugin.Offered;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Buckets for workloads. */
final class KeyValuePlugin implements Plugin {

    private static final List<String> SETTINGS = List.of("backend", "buckets", "watch");
    private static final int MOST_WATCHED = 16;

    private final Backends<Backend> backends;
    private final Consumer<String> log;

    KeyValuePlugin(Backends<Backend> backends, Consumer<String> log) {
        this.backends = backends;
        this.log = log;
    }

    @Override
    public List<Offered<?>> offered() {
        List<Offered<?>> all = new ArrayList<>();
        Served.IMPORTS.forEach(each -> all.add(each.offered()));
        return all;
    }

    @Override
    public List<Handled<?>> handled() {
        List<Handled<?>> all = new ArrayList<>();
        Served.EXPORTS.forEach(each -> all.add(each.handled()));
        return all;
    }

    @Override
    public Binding bind(Grant grant) {
        Settings settings = grant.settings();
        if (settings.text("url").isPresent()) {
            throw new PluginException.Refused("the setting \"url\" belongs to the host's operator: have a backend"
                    + " defined there and name it here by \"backend\"");
        }
        settings.allow(SETTINGS);
        Backends.Named<Backend> backend = backends.named(settings.text("backend").orElse(KeyValueProvider.DEFAULT));
        Optional<Set<String>> allowed = settings.text("buckets").map(text -> Set.copyOf(names(grant, "buckets", text)));
        List<String> watched = settings.text("watch").map(text -> names(grant, "watch", text)).orElse(List.of());
        if (watched.size() > MOST_WATCHED) {
            throw new PluginException.Refused("the setting \"watch\" may name " + MOST_WATCHED + " buckets");
        }
        for (String bucket : watched) {
            if (allowed.isPresent() && !allowed.get().contains(bucket)) {
                throw new PluginException.Refused("the setting \"watch\" names " + Texts.shown(bucket)
                        + ", which the setting \"buckets\" does not");
            }
        }
        return new KeyValueBinding(grant, backend, allowed, watched, log);
    }

    private static List<String> names(Grant grant, String setting, String text) {
        List<String> names = Arrays.stream(text.split(",")).map(String::strip).distinct().toList();
        for (String name : names) {
            if (!Texts.isBucket(name, grant.limits().keyBytes())) {
                throw new PluginException.Refused("the setting \"" + setting + "\" must be names of buckets with commas"
                        + " between them; no bucket can have this name: " + Texts.shown(name));
            }
        }
        return names;
    }

    @Override
    public void close() {
        backends.close();
    }
}
