package dev.virga.host.manifest;

import dev.virga.host.shape.Checked;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Text;
import java.util.List;
import java.util.Optional;

/** Requests and where they go. */
public record Route(
        @Field(value = "Host of the requests; *. for any subdomain.", text = Text.ROUTE_HOST, fallback = "\"*\"")
                String host,
        @Field(value = "Beginning of their paths, in whole segments.", text = Text.URL_PATH, fallback = "/")
                String path,
        @Field(value = "Component that serves them.", text = Text.LABEL) Optional<String> component,
        @Field("Several that serve them, by weight, and that need not be components.") List<Upstream> upstream,
        @Field("How many requests are taken.") Optional<RateLimit> rateLimit,
        @Field(value = "Requests at a time.", min = 1) Optional<Integer> concurrency)
        implements Checked {

    @Override
    public void check(Report report) {
        if (component.isPresent() != upstream.isEmpty()) {
            report.problem("needs either component or upstream" + (component.isPresent() ? ", not both" : ""));
        } else if (component.isEmpty() && upstream.stream().allMatch(one -> one.weight() == 0)) {
            report.problem("each has the weight 0, so none would serve", "upstream");
        }
    }
}
