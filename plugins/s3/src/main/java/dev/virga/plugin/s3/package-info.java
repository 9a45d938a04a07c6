/** Blob stores in a bucket of S3, or of a server that speaks its protocol. */
package dev.virga.plugin.s3;
