package dev.virga.component.type;

/** What a type index can stand for ({@code deftype} of the binary format), resolved. */
public sealed interface DefType permits ValueType, FunctionType, InstanceType, ComponentType, ResourceType {}
