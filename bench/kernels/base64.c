// Base64 (RFC 4648, section 4) there and back.
#include <string.h>

#include "kernel.h"

enum { LENGTH = 3 * 4096 };

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static uint8_t bytes[LENGTH], decoded[LENGTH];
static char text[LENGTH / 3 * 4];
static uint8_t values[256];

static void encode(void) {
  char *out = text;
  for (int i = 0; i < LENGTH; i += 3) {
    uint32_t three = bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2];
    for (int shift = 18; shift >= 0; shift -= 6) *out++ = alphabet[three >> shift & 63];
  }
}

static void decode(void) {
  uint8_t *out = decoded;
  for (size_t i = 0; i < sizeof text; i += 4) {
    uint32_t three = 0;
    for (int k = 0; k < 4; k++) three = three << 6 | values[(uint8_t)text[i + k]];
    *out++ = three >> 16;
    *out++ = three >> 8;
    *out++ = three;
  }
}

int64_t run(int32_t n) {
  uint64_t random = 17, sum = 0;
  for (int i = 0; i < 64; i++) values[(uint8_t)alphabet[i]] = i;
  for (int i = 0; i < LENGTH; i++) bytes[i] = next_random(&random);
  for (int32_t round = 0; round < n; round++) {
    bytes[round % LENGTH] += 1;
    encode();
    decode();
    if (memcmp(bytes, decoded, LENGTH) != 0) __builtin_trap();
    sum = mix(sum, text[round * 31 % sizeof text]);
  }
  return sum;
}
