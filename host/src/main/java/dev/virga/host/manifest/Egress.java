package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import java.util.List;

/** What outgoing connections may reach beyond public addresses. */
public record Egress(
        @Field("Private, link-local and other special ranges, which are refused otherwise, whatever name led there.")
                List<EgressAddresses> addresses) {}
