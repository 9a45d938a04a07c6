// Kinds of characters: comparisons and branches.
#include <ctype.h>

#include "kernel.h"

enum { LENGTH = 1 << 15 };

static char text[LENGTH];

int64_t run(int32_t n) {
  uint64_t random = 19, sum = 0;
  for (int i = 0; i < LENGTH; i++) text[i] = next_random(&random) & 127;
  for (int32_t round = 0; round < n; round++) {
    uint32_t letters = 0, digits = 0, spaces = 0, marks = 0, words = 0, within = 0;
    for (int i = 0; i < LENGTH; i++) {
      int c = text[i];
      if (isalpha(c)) letters++;
      if (isdigit(c)) digits++;
      if (isspace(c)) spaces++;
      if (ispunct(c)) marks++;
      if (isalnum(c) && !within) words++;
      within = isalnum(c);
      text[i] = isupper(c) ? tolower(c) : toupper(c);
    }
    text[round % LENGTH] ^= 1;
    sum = mix(sum, letters + 3 * digits + 5 * spaces + 7 * marks + 11 * words);
  }
  return sum;
}
