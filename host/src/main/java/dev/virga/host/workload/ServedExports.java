package dev.virga.host.workload;

import dev.virga.component.runtime.InterfaceName;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.link.LinkAddress;
import dev.virga.link.LinkException;
import dev.virga.link.LinkNetwork;
import dev.virga.telemetry.LinkTelemetry;
import dev.virga.telemetry.Tracing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The exports of a workload that components on other hosts may call. */
final class ServedExports implements AutoCloseable {

    /** So many calls for one instance wait or are under way; more are refused at once. */
    private static final int CALLS = 2;

    private record Service(LinkAddress address, List<String> namespaces, ServedInterface answers, int calls) {}

    private final WorkloadSetup setup;
    private final WorkloadBudget budget;
    private final Tracing tracing;
    private final LinkTelemetry telemetry;
    private final Optional<LinkNetwork> network;
    private final List<Service> services = new ArrayList<>();
    private final List<LinkNetwork.Serving> serving = new ArrayList<>();

    /**
     * @param entries gives that of a component
     * @throws WorkloadException.Invalid if there is nothing to serve, or it cannot be served
     */
    ServedExports(
            WorkloadSetup setup,
            Function<ComponentSetup, Entry> entries,
            WorkloadBudget budget,
            WorkloadRuntime runtime,
            LinkTelemetry telemetry) {
        this.setup = setup;
        this.budget = budget;
        this.tracing = runtime.tracing();
        this.telemetry = telemetry;
        this.network = runtime.network();
        for (LinkSetup.Export export : setup.links().exports()) {
            if (network.isEmpty()) {
                throw new WorkloadException.Invalid("its manifest serves " + export.interfaceName()
                        + ", and this host has no NATS for links; give it one");
            }
            add(export, entries);
        }
    }

    private void add(LinkSetup.Export export, Function<ComponentSetup, Entry> entries) {
        String wanted = new InterfaceName(export.interfaceName()).canonical();
        boolean found = false;
        for (ComponentSetup component : setup.all()) {
            if (export.component().filter(name -> !name.equals(component.name())).isEmpty()) {
                for (Map.Entry<String, ExternDesc> each : component.component().type().exports().entrySet()) {
                    if (each.getValue() instanceof ExternDesc.Instance(var type)
                            && new InterfaceName(each.getKey()).canonical().equals(wanted)) {
                        found = true;
                        services.add(service(component, each.getKey(), type.exports(), export, entries.apply(component)));
                    }
                }
            }
        }
        if (!found) {
            throw new WorkloadException.Invalid("virga.serves has " + export.interfaceName() + ", which "
                    + export.component().map(c -> "component " + c + " does not export").orElse("no component exports")
                    + "; leave it out, or correct its name");
        }
    }

    private Service service(
            ComponentSetup component,
            String name,
            Map<String, ExternDesc> exports,
            LinkSetup.Export export,
            Entry entry) {
        Map<String, ServedInterface.Served> functions = new HashMap<>();
        exports.forEach((function, type) -> {
            if (type instanceof ExternDesc.Func(FunctionType signature)) {
                functions.put(function, new ServedInterface.Served(
                        entry.prepared().function(name, function).orElseThrow(),
                        LinkedImports.codec(
                                "the export " + name + " of component " + component.name(), function, signature)));
            }
        });
        LinkSetup.Target here =
                new LinkSetup.Target(setup.name().namespace(), setup.name().name(), component.name());
        return new Service(
                LinkedImports.address(here, name),
                export.namespaces(),
                new ServedInterface(setup.name(), name, functions, entry, budget, tracing),
                CALLS * component.limits().instances());
    }

    /** Takes calls from now on. */
    void start() {
        for (Service service : services) {
            for (String namespace : service.namespaces()) {
                serving.add(network.orElseThrow().serve(
                        service.address(), namespace, service.calls(), budget, this::ended, service.answers()));
            }
        }
    }

    private void ended(Optional<LinkException> failure) {
        failure.ifPresentOrElse(why -> telemetry.failed(why.kind().toString()), telemetry::answered);
    }

    /** Takes no more calls, and waits for the ends of those under way. */
    void drain(Duration grace) throws InterruptedException {
        Together.forEach(serving, each -> each.drain(grace));
    }

    @Override
    public void close() {
        serving.forEach(LinkNetwork.Serving::close);
        serving.clear();
    }
}
