/* Decides whether an order is taken: virga:orders/policy in C, with the bindings that wit-bindgen makes. */
#include "rules.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STANDARD_LIMIT 10000

/* The setting `limit`, in cents. */
static uint64_t limit(void) {
    rules_string_t key, value;
    rules_option_string_t found;
    wasi_config_store_error_t error;
    rules_string_set(&key, "limit");
    if (!wasi_config_store_get(&key, &found, &error)) {
        wasi_config_store_error_free(&error);
        return STANDARD_LIMIT;
    }
    uint64_t cents = STANDARD_LIMIT;
    if (found.is_some) {
        char text[24] = "";
        value = found.val;
        memcpy(text, value.ptr, value.len < sizeof text ? value.len : sizeof text - 1);
        cents = strtoull(text, NULL, 10);
    }
    rules_option_string_free(&found);
    return cents;
}

static void say(const char *text) {
    rules_string_t context, message;
    rules_string_set(&context, "");
    rules_string_set(&message, text);
    wasi_logging_logging_log(WASI_LOGGING_LOGGING_LEVEL_INFO, &context, &message);
}

void exports_virga_orders_policy_decide(
    exports_virga_orders_policy_order_t *order, exports_virga_orders_policy_decision_t *ret) {
    uint64_t most = limit();
    bool accepted = order->amount <= most;
    char why[128];
    snprintf(why, sizeof why, "%s: %" PRIu64 ".%02" PRIu64 " is %s the limit of %" PRIu64 ".%02" PRIu64,
        accepted ? "accepted" : "refused", order->amount / 100, order->amount % 100,
        accepted ? "within" : "above", most / 100, most % 100);
    say(why);
    ret->tag = accepted ? EXPORTS_VIRGA_ORDERS_POLICY_DECISION_ACCEPTED : EXPORTS_VIRGA_ORDERS_POLICY_DECISION_REFUSED;
    rules_string_dup(accepted ? &ret->val.accepted : &ret->val.refused, why);
    exports_virga_orders_policy_order_free(order);
}
