package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** What deployments take instead of an artifact's name. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ArtifactStatus(List<Condition> conditions, long observedGeneration, String artifactUrl)
        implements Status {

    public static final ArtifactStatus NONE = new ArtifactStatus(List.of(), 0, "");

    public ArtifactStatus {
        conditions = Texts.orEmpty(conditions);
        artifactUrl = Texts.orEmpty(artifactUrl);
    }
}
