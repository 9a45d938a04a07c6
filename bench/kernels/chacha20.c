// The key stream of ChaCha20 (RFC 8439, section 2.3) over a buffer.
#include <string.h>

#include "kernel.h"

enum { LENGTH = 4096 };

static uint32_t buffer[LENGTH / 4];

static void quarter(uint32_t s[16], int a, int b, int c, int d) {
  s[a] += s[b], s[d] = rotate32(s[d] ^ s[a], 16);
  s[c] += s[d], s[b] = rotate32(s[b] ^ s[c], 12);
  s[a] += s[b], s[d] = rotate32(s[d] ^ s[a], 8);
  s[c] += s[d], s[b] = rotate32(s[b] ^ s[c], 7);
}

static void encrypt(uint32_t state[16], uint32_t block[16]) {
  uint32_t s[16];
  memcpy(s, state, sizeof s);
  for (int i = 0; i < 10; i++) {
    for (int k = 0; k < 4; k++) quarter(s, k, 4 + k, 8 + k, 12 + k);
    for (int k = 0; k < 4; k++) quarter(s, k, 4 + (k + 1) % 4, 8 + (k + 2) % 4, 12 + (k + 3) % 4);
  }
  for (int i = 0; i < 16; i++) block[i] ^= s[i] + state[i];
  state[12]++;
}

int64_t run(int32_t n) {
  uint32_t state[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
  memset(buffer, 0, sizeof buffer);
  for (int32_t round = 0; round < n; round++)
    for (int at = 0; at < LENGTH / 4; at += 16) encrypt(state, buffer + at);
  return (uint64_t)buffer[1] << 32 | buffer[0];
}
