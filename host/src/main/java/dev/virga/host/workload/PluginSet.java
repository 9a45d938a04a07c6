package dev.virga.host.workload;

import dev.virga.component.HostInterface;
import dev.virga.component.Linker;
import dev.virga.plugin.Closing;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Handled;
import dev.virga.plugin.Offered;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;
import dev.virga.wit.PackageName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The plugins of a host. */
public final class PluginSet implements AutoCloseable {

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final List<Plugin> plugins = new ArrayList<>();
    private final List<Closing.Part> parts = new ArrayList<>();
    private final Map<String, Plugin> byPackage = new LinkedHashMap<>();
    private final List<Handled<?>> handled = new ArrayList<>();

    /**
     * Opens them.
     *
     * @param hosts what each provider is given
     */
    public PluginSet(Iterable<PluginProvider> providers, Function<PluginProvider, PluginHost> hosts) {
        try {
            for (PluginProvider provider : providers) {
                Plugin plugin = provider.open(hosts.apply(provider));
                plugins.add(plugin);
                parts.add(new Closing.Part("the plugin " + provider.name(), plugin));
                plugin.offered().forEach(offered -> byPackage.put(packageOf(offered), plugin));
                handled.addAll(plugin.handled());
                plugin.handled().forEach(h -> byPackage.put(packageOf(h.name()), plugin));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static String packageOf(Offered<?> offered) {
        PackageName name = offered.wit().id().packageName();
        return name.namespace() + ":" + name.name();
    }

    /** The package of an interface's name. */
    static String packageOf(String interfaceName) {
        int slash = interfaceName.indexOf('/');
        return slash < 0 ? interfaceName : interfaceName.substring(0, slash);
    }

    /** Packages of which plugins implement interfaces. */
    public TreeSet<String> packages() {
        return new TreeSet<>(byPackage.keySet());
    }

    /** The interfaces that plugins implement, with their versions. */
    public List<String> imports() {
        return plugins.stream().flatMap(p -> p.offered().stream()).map(o -> o.wit().id().toString()).toList();
    }

    /** The interfaces that plugins call, with their versions. */
    public List<String> exports() {
        return handled.stream().<String>map(Handled::name).toList();
    }

    /** The plugin for a grant. */
    public Optional<Plugin> find(Grant grant) {
        return Optional.ofNullable(byPackage.get(grant.packageName()));
    }

    /** Whether an interface of this package is a plugin's, so that only a grant opens it. */
    boolean has(String packageName) {
        return byPackage.containsKey(packageName);
    }

    List<Handled<?>> handled() {
        return handled;
    }

    void offer(Linker<ComponentContext> linker) {
        for (Plugin plugin : plugins) {
            plugin.offered().forEach(offered -> offer(linker, offered));
        }
    }

    private static <I> void offer(Linker<ComponentContext> linker, Offered<I> offered) {
        String packageName = packageOf(offered);
        HostInterface<ComponentContext> offer = HostInterface.of(
                offered.wit(),
                offered.api(),
                (ComponentContext context, Optional<String> name) ->
                        context.prepare(packageName, name, offered.api()));
        for (Map.Entry<String, Class<?>> resource : offered.resources().entrySet()) {
            offer = offer.resource(resource.getKey(), resource.getValue());
        }
        linker.define(offer);
    }

    /** All at the same time. One that cannot be closed keeps no other from it. */
    @Override
    public void close() {
        List<Closing.Part> all = List.copyOf(parts);
        parts.clear();
        Closing.together(all, LONGEST_CLOSE);
    }
}
