package dev.virga.operator;

import dev.virga.operator.placement.HostCondition;
import dev.virga.operator.placement.HostView;
import dev.virga.operator.resource.HostObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hosts that somebody wants less of, by their objects: deleted ones drain, annotated ones get nothing new. */
final class Cordons {

    private final Map<String, HostCondition> byHost = new ConcurrentHashMap<>();

    /** @return whether this is another than before */
    boolean put(HostObject host) {
        if (host.isMarkedForDeletion()) {
            return byHost.put(host.hostId(), HostCondition.DRAINING) != HostCondition.DRAINING;
        }
        if ("true".equals(host.getMetadata().getAnnotations().get(Names.CORDON))) {
            return byHost.put(host.hostId(), HostCondition.CORDONED) != HostCondition.CORDONED;
        }
        return remove(host.hostId());
    }

    boolean remove(String host) {
        return byHost.remove(host) != null;
    }

    boolean drains(String host) {
        return byHost.get(host) == HostCondition.DRAINING;
    }

    List<HostView> over(Collection<HostView> hosts) {
        return hosts.stream().map(this::over).toList();
    }

    private HostView over(HostView host) {
        HostCondition condition = byHost.get(host.id());
        return condition == null || host.condition() == HostCondition.DRAINING
                ? host
                : new HostView(
                        host.id(), host.name(), host.labels(), host.environment(), host.zone(), host.interfaces(),
                        host.capacity(), host.used(), host.load(), condition, host.lastHeartbeat());
    }
}
