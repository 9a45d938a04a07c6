/** A container's Deployment made into a workload's skeleton. */
package dev.virga.cli.convert;
