package dev.virga.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/** What is common to the status of all kinds. */
public interface Status {

    List<Condition> conditions();

    default Optional<Condition> condition(String type) {
        return conditions().stream().filter(c -> c.type().equals(type)).findFirst();
    }

    default boolean isTrue(String type) {
        return condition(type).filter(Condition::isTrue).isPresent();
    }

    @JsonIgnore
    default boolean isReady() {
        return isTrue(Condition.READY);
    }
}
