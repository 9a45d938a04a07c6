/**
 * What a plugin of the host implements, in three phases: it is opened once for a host, bound for each workload
 * that names one of its interfaces, and prepared for each instance that calls it.
 */
package dev.virga.plugin;
