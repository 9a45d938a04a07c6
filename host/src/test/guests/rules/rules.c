/* test:rules/rules in C, with the bindings that wit-bindgen makes of rules.wit. */
#include "provider.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t calls;

/* A copy that ends with a zero byte, as C wants it. */
static char *text(const provider_string_t *from) {
    char *copy = malloc(from->len + 1);
    memcpy(copy, from->ptr, from->len);
    copy[from->len] = 0;
    return copy;
}

void exports_test_rules_rules_judge(exports_test_rules_rules_order_t *order, exports_test_rules_rules_verdict_t *ret) {
    calls++;
    if (order->amount == 13) {
        abort();
    }
    volatile uint32_t turns = 0;
    while (order->amount == 14) {
        turns++;
    }
    const char *limit = getenv("LIMIT");
    if (order->amount <= (limit ? strtoul(limit, NULL, 10) : 0)) {
        ret->tag = EXPORTS_TEST_RULES_RULES_VERDICT_ACCEPTED;
    } else {
        char why[64];
        snprintf(why, sizeof why, "above %s", limit ? limit : "nothing");
        ret->tag = EXPORTS_TEST_RULES_RULES_VERDICT_REFUSED;
        provider_string_dup(&ret->val.refused, why);
    }
    exports_test_rules_rules_order_free(order);
}

bool exports_test_rules_rules_variable(provider_string_t *name, provider_string_t *ret) {
    char *key = text(name);
    const char *value = getenv(key);
    if (value) {
        provider_string_dup(ret, value);
    }
    free(key);
    provider_string_free(name);
    return value != NULL;
}

bool exports_test_rules_rules_file(provider_string_t *path, provider_string_t *ret) {
    char *name = text(path);
    FILE *in = fopen(name, "rb");
    free(name);
    provider_string_free(path);
    if (!in) {
        return false;
    }
    char content[256];
    size_t length = fread(content, 1, sizeof content, in);
    fclose(in);
    provider_string_dup_n(ret, content, length);
    return true;
}

uint32_t exports_test_rules_rules_calls(void) {
    return ++calls;
}
