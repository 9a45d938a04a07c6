/** How a host is told what to run and asked how that fares: HTTP and JSON on a socket that only its user can open. */
package dev.virga.host.control;
