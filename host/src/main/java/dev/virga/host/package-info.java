/** The host: applies manifests, keeps what they ask for running, and says how it fares. */
package dev.virga.host;
