#pragma once
#include <zlib.h>

// inflateInit2 is a macro; Swift cannot call those.
static inline int autotagger_inflateInitGzip(z_stream *stream) {
    return inflateInit2(stream, 15 + 16);
}
