package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** A {@code Host}: it has no spec, and says what it is beside its metadata. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("Host")
@Plural("hosts")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class HostObject extends CustomResource<Void, HostStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;

    @JsonProperty("hostId")
    private String hostId = "";

    @JsonProperty("hostname")
    private String hostname = "";

    @JsonProperty("httpPort")
    private int httpPort;

    @JsonProperty("environment")
    private String environment = "";

    public HostObject() {}

    public HostObject(String hostId, String hostname, int httpPort, String environment) {
        this.hostId = hostId;
        this.hostname = hostname;
        this.httpPort = httpPort;
        this.environment = environment;
    }

    @JsonIgnore
    public String hostId() {
        return Texts.orEmpty(hostId);
    }

    @JsonIgnore
    public String hostname() {
        return Texts.orEmpty(hostname);
    }

    @JsonIgnore
    public int httpPort() {
        return httpPort;
    }

    @JsonIgnore
    public String environment() {
        return Texts.orEmpty(environment);
    }

    /** Never null. */
    @JsonIgnore
    public HostStatus status() {
        return getStatus() == null ? HostStatus.NONE : getStatus();
    }

    @Override
    protected Void initSpec() {
        return null;
    }

    @Override
    protected HostStatus initStatus() {
        return null;
    }
}
