package dev.virga.component.abi;

import dev.virga.component.type.ValueType;
import java.lang.reflect.Type;

final class JavaMapping {
    Codec codec(ValueType type, Type java) {
        return new TypeMapping(new DynamicShapes()).codec(type);
    }
}
