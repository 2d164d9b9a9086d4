// The few socket calls that a test server needs, with plain numbers for arguments.
//
// Sockets are addressed through casts between structures, which Swift can only write with unsafe pointers. Here they are
// one line each, and the Swift side has none.
#ifndef AUTOTAGGER_CLOOPBACK_H
#define AUTOTAGGER_CLOOPBACK_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// Listens on a port of 127.0.0.1 that the system picks; returns the socket or -1.
static inline int loopback_listen(int *port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) != 0 || listen(fd, 1024) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &length) != 0) {
        if (fd >= 0) close(fd);
        return -1;
    }
    *port = ntohs(address.sin_port);
    return fd;
}

// Waits for a client; returns its socket or -1 once the listening socket is shut down.
static inline int loopback_accept(int fd) {
    int one = 1;
    int client;
    do {
        client = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
    } while (client < 0 && (errno == EINTR || errno == ECONNABORTED));
    if (client >= 0) setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return client;
}

// Waits that many milliseconds, or shorter when the client sends something or goes away; 1 in the latter case.
static inline int loopback_wait(int fd, int milliseconds) {
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    return poll(&wait, 1, milliseconds) > 0;
}

// Receives what is there, waiting for the first byte.
static inline long loopback_receive(int fd, void *bytes, long size) {
    return recv(fd, bytes, (size_t)size, 0);
}

// Sends some of the bytes; a client that is gone is an error and not a signal.
static inline long loopback_send(int fd, const void *bytes, long size) {
    return send(fd, bytes, (size_t)size, MSG_NOSIGNAL);
}

// Closes with a reset instead of a farewell.
static inline void loopback_reset(int fd) {
    struct linger now = {.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

// Makes a blocked accept or receive return.
static inline void loopback_shutdown(int fd) {
    shutdown(fd, SHUT_RDWR);
}

static inline void loopback_close(int fd) {
    close(fd);
}

#endif
