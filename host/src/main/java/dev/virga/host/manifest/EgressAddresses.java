package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import java.util.List;

/** A range of addresses that may be reached. */
public record EgressAddresses(
        @Field("The range.") Cidr cidr,
        @Field("Its ports; without, all of them.") List<PortRange> ports) {}
