/** What calls between hosts and components cost, by JMH. */
package dev.virga.bench;
