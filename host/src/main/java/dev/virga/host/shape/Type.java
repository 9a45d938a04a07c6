package dev.virga.host.shape;

import java.util.Map;
import java.util.Optional;

/** How values of one Java type stand in documents. */
sealed interface Type<T> permits ScalarType, ListType, MapType, Struct, OverridesType {

    /** Nothing if it is not right, which has then been reported. */
    Optional<T> read(Place place);

    /** As maps, lists, strings, numbers and booleans. */
    Object write(T value);

    /** Its JSON Schema; those of records are added to the definitions, and referred to. */
    Map<String, Object> schema(Definitions definitions);

    /** What it is, for the documentation's tables. */
    String words();
}
