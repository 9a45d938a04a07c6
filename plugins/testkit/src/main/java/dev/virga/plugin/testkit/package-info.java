/** Runs guests on a plugin as a host would, for the plugin's own tests. */
package dev.virga.plugin.testkit;
