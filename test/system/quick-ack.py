# Stands between simulated cards and vpcd. vpcd sends the length of a message, and the message only once that is acknowledged, for
# which Linux takes 40 ms; this acknowledges at once. Arguments: pairs of ports, its own and vpcd's. Says `ready` when it listens.
import socket
import sys
import threading


def pump(source, sink):
    try:
        while True:
            source.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            data = source.recv(65536)
            if not data:
                break
            sink.sendall(data)
    except OSError:
        pass
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(listener, port):
    while True:
        card, _ = listener.accept()
        try:
            vpcd = socket.create_connection(("127.0.0.1", port))
        except OSError:
            card.close()
            continue
        for end in (card, vpcd):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for source, sink in ((card, vpcd), (vpcd, card)):
            threading.Thread(target=pump, args=(source, sink), daemon=True).start()


ports = [int(word) for word in sys.argv[1:]]
for own, port in zip(ports[::2], ports[1::2]):
    threading.Thread(target=serve, args=(socket.create_server(("127.0.0.1", own)), port), daemon=True).start()
print("ready", flush=True)
threading.Event().wait()
