package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import java.util.Optional;

/** One of several that serve a route. */
public record Upstream(
        @Field("Where the requests are sent on to, for example a container.") Optional<UpstreamUrl> url,
        @Field(value = "Component that serves them.", text = Text.LABEL) Optional<String> component,
        @Field(value = "Its part of the requests, against the others' weights.", fallback = "1", max = 10_000)
                int weight)
        implements Checked {

    @Override
    public void check(Report report) {
        if (url.isPresent() == component.isPresent()) {
            report.problem("needs either url or component" + (url.isPresent() ? ", not both" : ""));
        }
    }
}
