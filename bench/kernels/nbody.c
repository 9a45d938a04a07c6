// Bodies that attract each other: f64 with square roots and divisions.
#include <math.h>
#include <string.h>

#include "kernel.h"

enum { BODIES = 5 };

typedef struct {
  double position[3], speed[3], mass;
} Body;

static Body bodies[BODIES];

static void advance(double time) {
  for (int i = 0; i < BODIES; i++)
    for (int j = i + 1; j < BODIES; j++) {
      Body *one = &bodies[i], *other = &bodies[j];
      double apart[3], square = 0.01;
      for (int k = 0; k < 3; k++) {
        apart[k] = one->position[k] - other->position[k];
        square += apart[k] * apart[k];
      }
      double pull = time / (square * sqrt(square));
      for (int k = 0; k < 3; k++) {
        one->speed[k] -= apart[k] * other->mass * pull;
        other->speed[k] += apart[k] * one->mass * pull;
      }
    }
  for (int i = 0; i < BODIES; i++)
    for (int k = 0; k < 3; k++) bodies[i].position[k] += time * bodies[i].speed[k];
}

int64_t run(int32_t n) {
  uint64_t random = 3;
  for (int i = 0; i < BODIES; i++) {
    for (int k = 0; k < 3; k++) {
      bodies[i].position[k] = (double)(next_random(&random) % 2000) / 100 - 10;
      bodies[i].speed[k] = (double)(next_random(&random) % 200) / 100 - 1;
    }
    bodies[i].mass = i == 0 ? 40 : 0.05 * i;
  }
  for (int32_t i = 0; i < n * 100; i++) advance(0.001);
  uint64_t sum = 0;
  for (int i = 0; i < BODIES; i++)
    for (int k = 0; k < 3; k++) {
      uint64_t bits;
      memcpy(&bits, &bodies[i].position[k], sizeof bits);
      sum = mix(sum, bits);
    }
  return sum;
}
