package dev.virga.hostapi.message;

import java.util.List;

/** Components, and the interfaces that the host offers them. */
public record WitWorld(List<Component> components, List<WitInterface> hostInterfaces) {}
