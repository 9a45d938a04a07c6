package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import java.util.Optional;

/** A component that runs all the time, and owns the workload's own loopback address. */
public record WorkloadService(
        @Field("Image with the component, which exports wasi:cli/run.") ImageReference image,
        @Field("Secret of type kubernetes.io/dockerconfigjson for the registry.") Optional<Reference> imagePullSecret,
        @Field("When the image is fetched; by default Always for the tag latest and for none, else IfNotPresent.")
                Optional<ImagePullPolicy> imagePullPolicy,
        @Field(value = "How often it is started again after it has ended.", fallback = "0") int maxRestarts,
        @Field(value = "What it may see and reach.", fallback = "{}") LocalResources localResources) {}
