package dev.virga.host.workload;

import dev.virga.component.Offer;
import dev.virga.component.runtime.InterfaceName;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.link.LinkAddress;
import dev.virga.link.LinkException;
import dev.virga.link.LinkFunction;
import dev.virga.link.LinkNetwork;
import dev.virga.telemetry.LinkTelemetry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The imports of a workload's components that components on other hosts answer. */
final class LinkedImports {

    /** By component, import and function. */
    private final Map<String, Map<String, Map<String, RemoteFunction>>> functions = new HashMap<>();

    private final WorkloadSetup setup;
    private final LinkOrder order;
    private final LinkTelemetry telemetry;

    /** @throws WorkloadException.Invalid if there is nothing to link, or it cannot be linked */
    LinkedImports(WorkloadSetup setup, LinkOrder order, Optional<LinkNetwork> network, LinkTelemetry telemetry) {
        this.setup = setup;
        this.order = order;
        this.telemetry = telemetry;
        for (LinkSetup.Import link : setup.links().imports()) {
            LinkNetwork over = network.orElseThrow(() -> new WorkloadException.Invalid("its manifest links "
                    + link.interfaceName() + ", and this host has no NATS for links; give it one"));
            add(link, over);
        }
        checkOthers();
    }

    private void add(LinkSetup.Import link, LinkNetwork network) {
        String wanted = new InterfaceName(link.interfaceName()).canonical();
        boolean found = false;
        for (ComponentSetup component : setup.all()) {
            if (link.component().filter(name -> !name.equals(component.name())).isEmpty()) {
                for (Map.Entry<String, ExternDesc> each : component.component().type().imports().entrySet()) {
                    if (each.getValue() instanceof ExternDesc.Instance(var type)
                            && new InterfaceName(each.getKey()).canonical().equals(wanted)) {
                        found = true;
                        add(component.name(), each.getKey(), type.exports(), link, network);
                    }
                }
            }
        }
        if (!found) {
            throw new WorkloadException.Invalid("virga.links has " + link.interfaceName() + ", which "
                    + link.component().map(c -> "component " + c + " does not import").orElse("no component imports")
                    + "; leave it out, or correct its name");
        }
    }

    private void add(
            String component,
            String name,
            Map<String, ExternDesc> exports,
            LinkSetup.Import link,
            LinkNetwork network) {
        if (order.met(component).contains(new InterfaceName(name).canonical())) {
            throw new WorkloadException.Invalid("component " + component + " imports " + name
                    + ", which another component of the workload exports and virga.links has as well; keep one of them");
        }
        LinkAddress to = address(link.to(), name);
        Map<String, RemoteFunction> remote = new LinkedHashMap<>();
        exports.forEach((function, type) -> {
            if (type instanceof ExternDesc.Func(FunctionType signature)) {
                remote.put(function, new RemoteFunction(
                        function,
                        codec("the import " + name + " of component " + component, function, signature),
                        to,
                        link.deadline(),
                        setup.limits().plugins().messageBytes(),
                        network,
                        telemetry));
            }
        });
        if (functions.computeIfAbsent(component, _ -> new LinkedHashMap<>()).put(name, remote) != null) {
            throw new WorkloadException.Invalid(
                    "virga.links has " + name + " of component " + component + " twice; keep one of them");
        }
    }

    static LinkAddress address(LinkSetup.Target target, String interfaceName) {
        return new LinkAddress(
                target.namespace(), target.workload(), target.component(), new InterfaceName(interfaceName).canonical());
    }

    static LinkFunction codec(String where, String function, FunctionType type) {
        try {
            return new LinkFunction(type);
        } catch (LinkException e) {
            throw new WorkloadException.Invalid(
                    where + " cannot be linked: " + e.getMessage() + ", in its function " + function, e);
        }
    }

    /** Components in one instance are offered the same under one name. */
    private void checkOthers() {
        Set<String> linked = functions.values().stream()
                .flatMap(imports -> imports.keySet().stream())
                .map(name -> new InterfaceName(name).canonical())
                .collect(Collectors.toSet());
        for (ComponentSetup component : setup.all()) {
            component.component().type().imports().keySet().stream()
                    .filter(name -> linked.contains(new InterfaceName(name).canonical()))
                    .filter(name -> !of(component.name()).containsKey(name))
                    .filter(name -> !order.met(component.name()).contains(new InterfaceName(name).canonical()))
                    .findAny()
                    .ifPresent(name -> {
                        throw new WorkloadException.Invalid("component " + component.name() + " imports " + name
                                + " as well, which virga.links has for another component; link it too");
                    });
        }
    }

    /** Those of a component, by import and function. */
    Map<String, Map<String, RemoteFunction>> of(String component) {
        return functions.getOrDefault(component, Map.of());
    }

    /** What a linker must offer these components. */
    Map<String, Offer> offers(List<ComponentSetup> components) {
        Map<String, Map<String, Offer>> offers = new LinkedHashMap<>();
        for (ComponentSetup component : components) {
            of(component.name()).keySet().forEach(name -> {
                var type = (ExternDesc.Instance) component.component().type().imports().get(name);
                type.type().exports().forEach((function, export) -> {
                    if (export instanceof ExternDesc.Func(FunctionType signature)) {
                        offers.computeIfAbsent(name, _ -> new LinkedHashMap<>())
                                .putIfAbsent(function, new Offer.InstanceFunc(
                                        signature, context -> ((ComponentContext) context).remote(name, function)));
                    }
                });
            });
        }
        Map<String, Offer> instances = new LinkedHashMap<>();
        offers.forEach((name, exports) -> instances.put(name, new Offer.Instance(exports)));
        return instances;
    }
}
