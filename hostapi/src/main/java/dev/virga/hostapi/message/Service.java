package dev.virga.hostapi.message;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.Optional;

/** A component that runs all the time. */
public record Service(
        String image,
        Optional<LocalResources> localResources,
        @JsonFormat(shape = JsonFormat.Shape.STRING) long maxRestarts,
        Optional<ImagePullSecret> imagePullSecret,
        ImagePullPolicy imagePullPolicy) {

    public Service {
        imagePullPolicy = imagePullPolicy == null ? ImagePullPolicy.UNSPECIFIED : imagePullPolicy;
    }
}
