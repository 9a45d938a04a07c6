/**
 * How components run. {@link dev.virga.component.runtime.Planner} evaluates a component's
 * definitions once, symbolically, into a {@link dev.virga.component.runtime.Plan} that knows
 * positions instead of names; {@link dev.virga.component.runtime.Root} is one instance made by it.
 * Internal: the public API is one package up.
 */
package dev.virga.component.runtime;
