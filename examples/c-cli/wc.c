/* A command: counts lines, words and bytes of its input or of the files it is given. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

struct counts {
    unsigned long lines, words, bytes;
};

static int count(FILE *in, struct counts *c) {
    int ch, in_word = 0;
    while ((ch = getc(in)) != EOF) {
        c->bytes++;
        c->lines += ch == '\n';
        if (isspace(ch)) {
            in_word = 0;
        } else if (!in_word) {
            in_word = 1;
            c->words++;
        }
    }
    return ferror(in) ? -1 : 0;
}

int main(int argc, char **argv) {
    int failed = 0;
    for (int i = 1; i < argc || i == 1; i++) {
        const char *name = argc > 1 ? argv[i] : "-";
        FILE *in = strcmp(name, "-") ? fopen(name, "r") : stdin;
        struct counts c = {0, 0, 0};
        if (in == NULL || count(in, &c) != 0) {
            fprintf(stderr, "wc: %s: %s\n", name, strerror(errno));
            failed = 1;
        } else {
            printf("%lu %lu %lu %s\n", c.lines, c.words, c.bytes, name);
        }
        if (in != NULL && in != stdin) {
            fclose(in);
        }
    }
    return failed;
}
