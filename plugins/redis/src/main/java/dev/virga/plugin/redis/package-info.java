/** Redis as a backend of the keyvalue plugin. */
package dev.virga.plugin.redis;
