// The Gimli permutation, again and again.
#include "kernel.h"

static void permute(uint32_t s[12]) {
  for (uint32_t round = 24; round > 0; round--) {
    for (int column = 0; column < 4; column++) {
      uint32_t x = rotate32(s[column], 24), y = rotate32(s[4 + column], 9), z = s[8 + column];
      s[8 + column] = x ^ z << 1 ^ (y & z) << 2;
      s[4 + column] = y ^ x ^ (x | z) << 1;
      s[column] = z ^ y ^ (x & y) << 3;
    }
    if (round % 2 == 0) {
      int apart = round % 4 == 0 ? 1 : 2; // columns whose first words change places
      for (int column = 0; column < 4; column++)
        if ((column & apart) == 0) {
          uint32_t swapped = s[column];
          s[column] = s[column + apart];
          s[column + apart] = swapped;
        }
    }
    if (round % 4 == 0) s[0] ^= 0x9e377900 | round;
  }
}

int64_t run(int32_t n) {
  uint32_t state[12];
  for (uint32_t i = 0; i < 12; i++) state[i] = i * i * i + i * 0x9e3779b9;
  for (int32_t i = 0; i < n; i++) permute(state);
  return (uint64_t)state[0] << 32 | state[11];
}
