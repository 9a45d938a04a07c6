// A bytecode interpreter: a jump table in a loop.
#include "kernel.h"

enum { LENGTH = 4096 };

static uint8_t program[LENGTH];

int64_t run(int32_t n) {
  uint64_t random = 7;
  for (int i = 0; i < LENGTH; i++) program[i] = next_random(&random) % 20;
  uint64_t a = 1, b = 2, c = 3;
  for (int32_t round = 0; round < n; round++)
    for (int at = 0; at < LENGTH; at++) switch (program[at]) {
        case 0: a += b; break;
        case 1: b -= c; break;
        case 2: c ^= a; break;
        case 3: a = rotate64(a, 13); break;
        case 4: b *= 5; break;
        case 5: c |= b >> 3; break;
        case 6: a = b; break;
        case 7: b = c + 1; break;
        case 8: c = ~a; break;
        case 9: a &= c | 0xff; break;
        case 10: b = (uint32_t)a; break;
        case 11: c = (int8_t)b; break;
        case 12: if (a & 1) at++; break;
        case 13: if (b > c) a++; break;
        case 14: a = __builtin_popcountll(c); break;
        case 15: b = a << (c & 31); break;
        case 16: c += at; break;
        case 17: a ^= round; break;
        case 18: b /= (c | 1); break;
        case 19: c = a - b; break;
      }
  return mix(mix(a, b), c);
}
