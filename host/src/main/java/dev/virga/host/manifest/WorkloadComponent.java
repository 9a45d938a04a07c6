package dev.virga.host.manifest;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import java.util.Optional;

/** A component and what it may use. */
public record WorkloadComponent(
        @Field(value = "Name, unique in the workload.", text = Text.LABEL) String name,
        @Field("Image with the component; artifact://NAME for one of a deployment's artifacts.") ImageReference image,
        @Field("Secret of type kubernetes.io/dockerconfigjson for the registry.") Optional<Reference> imagePullSecret,
        @Field("When the image is fetched; by default Always for the tag latest and for none, else IfNotPresent.")
                Optional<ImagePullPolicy> imagePullPolicy,
        @Field(value = "Instances that are kept for later calls; with 0 each call has a fresh one.", fallback = "0")
                int poolSize,
        @Field(value = "Calls after which a kept instance is replaced; 0 for never.", fallback = "0")
                int maxInvocations,
        @Field(value = "Calls that a kept instance serves at a time; 0 means 1.", fallback = "0") int maxConcurrency,
        @Field(value = "What it may see and reach.", fallback = "{}") LocalResources localResources) {}
