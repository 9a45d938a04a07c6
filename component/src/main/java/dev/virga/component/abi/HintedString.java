package dev.virga.component.abi;

import dev.virga.component.binary.CanonDef.StringEncoding;

/**
 * A string on its way between components, with its original encoding and length: by these the
 * Canonical ABI chooses how to allocate in the receiver ({@code String} of {@code load_string}).
 *
 * @param compact whether the encoding was latin1+utf16 and this string in its Latin-1 form
 * @param codeUnits the length in the original encoding, without tag
 */
record HintedString(String value, StringEncoding encoding, boolean compact, int codeUnits) {}
