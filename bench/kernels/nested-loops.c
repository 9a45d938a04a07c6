// Loops in loops around little work.
#include "kernel.h"

int64_t run(int32_t n) {
  uint64_t x = 1;
  for (int32_t a = 0; a < n; a++)
    for (int32_t b = 0; b < 10; b++)
      for (int32_t c = 0; c < 10; c++)
        for (int32_t d = 0; d < 10; d++)
          for (int32_t e = 0; e < 10; e++) x = rotate64(x, 5) + (uint64_t)(a ^ b * c ^ d * e);
  return x;
}
