package dev.virga.plugin.config;

import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Guests;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.PluginException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One entry's values. Of origins that have the same key the last one counts. */
final class ConfigBinding implements Binding {

    private final Grant grant;
    private final List<Origin.Opened> origins;

    /** @param origins the last one is the manifest itself */
    ConfigBinding(Grant grant, List<Origin.Opened> origins) {
        this.grant = grant;
        this.origins = origins;
        boolean one = grant.packageName().equals(Wit.SECRETS) && grant.name().isPresent();
        if (one && origins.size() == 1 && get(grant.name().get()).isEmpty()) {
            throw new PluginException.Refused(grant + ": there is no secret \"" + grant.name().get()
                    + "\"; add a value of this name to its secretFrom or config");
        }
    }

    @Override
    public <I> I prepare(Class<I> api, InstanceContext instance) {
        Object made;
        if (api == ConfigStore.class) {
            made = new ConfigStore(this, instance.config());
        } else if (api == SecretStore.class) {
            made = new SecretStore(this, instance);
        } else if (api == SecretReveal.class) {
            made = new SecretReveal(grant, instance);
        } else {
            made = new OneSecret(this, instance);
        }
        return api.cast(made);
    }

    Grant grant() {
        return grant;
    }

    Optional<Values.Value> get(String key) {
        for (Origin.Opened origin : origins.reversed()) {
            Optional<Values.Value> found = origin.values().get(key);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    Map<String, Values.Value> all() {
        Map<String, Values.Value> all = new TreeMap<>();
        origins.forEach(origin -> all.putAll(origin.values().sorted()));
        return all;
    }

    @Override
    public void start(Guests guests) {
        origins.forEach(Origin.Opened::start);
    }

    @Override
    public void close() {
        origins.reversed().forEach(Origin.Opened::close);
    }
}
