// Keccak-f[1600] (FIPS 202, section 3), again and again, on a state of zeros.
#include "kernel.h"

static void permute(uint64_t s[25]) {
  uint8_t lfsr = 1; // the round constants, by algorithm 5 of section 3.2.5
  for (int round = 0; round < 24; round++) {
    uint64_t c[5];
    for (int x = 0; x < 5; x++) c[x] = s[x] ^ s[x + 5] ^ s[x + 10] ^ s[x + 15] ^ s[x + 20];
    for (int x = 0; x < 5; x++) {
      uint64_t d = c[(x + 4) % 5] ^ rotate64(c[(x + 1) % 5], 1);
      for (int y = 0; y < 25; y += 5) s[y + x] ^= d;
    }
    uint64_t moved = s[1];
    for (int t = 0, x = 1, y = 0; t < 24; t++) {
      int newY = (2 * x + 3 * y) % 5;
      x = y;
      y = newY;
      uint64_t next = s[5 * y + x];
      s[5 * y + x] = rotate64(moved, (t + 1) * (t + 2) / 2 % 64);
      moved = next;
    }
    for (int y = 0; y < 25; y += 5) {
      for (int x = 0; x < 5; x++) c[x] = s[y + x];
      for (int x = 0; x < 5; x++) s[y + x] = c[x] ^ (~c[(x + 1) % 5] & c[(x + 2) % 5]);
    }
    for (int j = 0; j < 7; j++) {
      if (lfsr & 1) s[0] ^= (uint64_t)1 << ((1 << j) - 1);
      lfsr = lfsr << 1 ^ (lfsr >> 7) * 0x71;
    }
  }
}

int64_t run(int32_t n) {
  uint64_t state[25] = {0};
  for (int32_t i = 0; i < n; i++) permute(state);
  return state[0];
}
