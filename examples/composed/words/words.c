/* Implements virga:text/words in C, with the bindings that wit-bindgen makes of wit/text.wit. */
#include "provider.h"

#include <stdlib.h>
#include <string.h>

static int is_space(uint8_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Moves *at to the next word's first byte and gives its length; 0 at the end. */
static size_t next_word(const provider_string_t *text, size_t *at) {
    while (*at < text->len && is_space(text->ptr[*at])) {
        ++*at;
    }
    size_t end = *at;
    while (end < text->len && !is_space(text->ptr[end])) {
        ++end;
    }
    return end - *at;
}

void exports_virga_text_words_count(provider_string_t *text, exports_virga_text_words_counts_t *ret) {
    size_t at = 0, length, longest_at = 0, longest = 0;
    ret->words = 0;
    while ((length = next_word(text, &at)) != 0) {
        ret->words++;
        if (length > longest) {
            longest = length;
            longest_at = at;
        }
        at += length;
    }
    provider_string_dup_n(&ret->longest, (const char *)text->ptr + longest_at, longest);
    provider_string_free(text);
}

void exports_virga_text_words_reverse(provider_string_t *text, provider_string_t *ret) {
    uint8_t *out = malloc(text->len + 1);
    size_t at = 0, length, used = text->len + 1;
    while ((length = next_word(text, &at)) != 0) {
        if (used != text->len + 1) {
            out[--used] = ' ';
        }
        used -= length;
        memcpy(out + used, text->ptr + at, length);
        at += length;
    }
    provider_string_dup_n(ret, (const char *)out + used, text->len + 1 - used);
    free(out);
    provider_string_free(text);
}
