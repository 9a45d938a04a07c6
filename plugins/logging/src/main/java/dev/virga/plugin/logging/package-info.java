/** {@code wasi:logging}, written to the workload's log. */
package dev.virga.plugin.logging;
