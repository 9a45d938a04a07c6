// Products of matrices of f64.
#include <string.h>

#include "kernel.h"

enum { SIZE = 96 };

static double a[SIZE][SIZE], b[SIZE][SIZE], product[SIZE][SIZE];

int64_t run(int32_t n) {
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      a[i][j] = (i * 7 + j) % 11 - 5;
      b[i][j] = (i + j * 3) % 13 / 16.0;
    }
  double sum = 0;
  for (int32_t round = 0; round < n; round++) {
    for (int i = 0; i < SIZE; i++)
      for (int j = 0; j < SIZE; j++) {
        double total = 0;
        for (int k = 0; k < SIZE; k++) total += a[i][k] * b[k][j];
        product[i][j] = total;
      }
    a[round % SIZE][0] += 0.25;
    sum += product[round % SIZE][round % 7];
  }
  uint64_t bits;
  memcpy(&bits, &sum, sizeof bits);
  return bits;
}
