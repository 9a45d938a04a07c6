// See DebugLinesTest; for DWARF 4 and 5: clang --target=wasm32-unknown-unknown -nostdlib -Wl,--no-entry -g -gdwarf-5 -O0 -fdebug-compilation-dir=. lines.c -o lines5.wasm
static int divide(int a, int b) {
    int sum = a + b;
    return sum / b;
}

__attribute__((export_name("outer"))) int outer(int a, int b) {
    int first = divide(a, b);
    return first + 1;
}
