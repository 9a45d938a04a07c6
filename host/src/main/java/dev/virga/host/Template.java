package dev.virga.host;

import dev.virga.host.manifest.Settings;
import dev.virga.host.manifest.WorkloadSpec;
import dev.virga.plugin.WorkloadName;

/**
 * What each replica of a workload is, as its manifest says. Equal templates make equal replicas.
 *
 * @param inputs a digest of what the manifest only names, such as ConfigMaps: when they change, replicas are replaced
 */
record Template(WorkloadName name, WorkloadSpec spec, Settings settings, String inputs) {}
