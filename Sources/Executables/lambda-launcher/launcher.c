// The `bootstrap` of the Lambda package: starts the function with the libraries that lie beside it.
//
// The function needs a C library as new as the one it was built with, and the system that it is brought to may have an older
// one. A program's loader is fixed by its path and must fit its C library, so neither can be exchanged from within: this
// program, which is static and needs no library at all, calls the loader of the package by its name. The system's own libraries
// are not looked at.
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#if defined(__x86_64__)
#define LOADER "ld-linux-x86-64.so.2"
#elif defined(__aarch64__)
#define LOADER "ld-linux-aarch64.so.1"
#else
#error "Lambda runs on x86-64 and arm64"
#endif

#define LONGEST 4096

static char folder[LONGEST], loader[LONGEST + 64], libraries[LONGEST + 64], function[LONGEST + 64];

static void join(char *out, const char *name) {
    strcpy(out, folder);
    strcat(out, name);
}

int main(int argc, char **argv, char **environment) {
    // The path that this program was started by, as the kernel noted it: there without /proc, and not to be forged like argv[0].
    const char *self = (const char *)getauxval(AT_EXECFN);
    const char *slash = self ? strrchr(self, '/') : NULL;
    size_t length = slash ? (size_t)(slash - self) : 1;
    if (length >= LONGEST || argc > 64) return 126;
    memcpy(folder, slash ? self : ".", length);
    join(loader, "/lib/" LOADER);
    join(libraries, "/lib");
    join(function, "/autotagger-lambda");
    char *arguments[64 + 8] = {loader, "--inhibit-cache", "--library-path", libraries, function};
    for (int index = 1; index < argc; index++) arguments[4 + index] = argv[index];
    execve(loader, arguments, environment);
    static const char message[] = "bootstrap: lib/" LOADER " is missing beside it; build the package with make lambda-zip\n";
    (void)!write(2, message, sizeof message - 1);
    return 127;
}
