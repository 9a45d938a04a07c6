/**
 * The Canonical ABI, internal: values between Java and linear memory. A {@link
 * dev.virga.component.abi.Codec} does it for one type, {@link
 * dev.virga.component.abi.CanonicalAdapters} for the parameters and results of a function. One file
 * for each kind of type; pointers from guests are checked in {@code Lift} and {@code Lower} only.
 */
package dev.virga.component.abi;
