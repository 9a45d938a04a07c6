package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** Another object of the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LocalReference(String name) {

    public LocalReference {
        name = Texts.orEmpty(name);
    }
}
