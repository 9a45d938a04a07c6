package dev.virga.hostapi.message;

import java.util.Optional;

/** A component and what it may use. */
public record Component(
        String image,
        Optional<LocalResources> localResources,
        int poolSize,
        int maxInvocations,
        Optional<ImagePullSecret> imagePullSecret,
        String name,
        ImagePullPolicy imagePullPolicy,
        int maxConcurrency) {

    public Component {
        imagePullPolicy = imagePullPolicy == null ? ImagePullPolicy.UNSPECIFIED : imagePullPolicy;
    }
}
