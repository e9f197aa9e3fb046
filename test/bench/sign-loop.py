# Signs with an elliptic key of the first token through a PKCS #11 module: right after the log-in, over and over, and once by itself; then
# looks at the slot over and over. Says in one line of JSON how long each took, and goes on when it reads a line.
# Words: MODULE PIN|- SECONDS. `-` leaves the PIN to the module (protected authentication path). PKCS #11 2.40, the order of CK_FUNCTION_LIST.
import ctypes, hashlib, json, sys, time

library, pin, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
number, pointer = ctypes.c_ulong, ctypes.byref
INITIALIZE, SLOTS, SLOT_INFO, OPEN, LOGIN, FIND_INIT, FIND, FIND_FINAL, SIGN_INIT, SIGN = 0, 4, 5, 12, 18, 26, 27, 28, 42, 43
PRIVATE_KEY, EC, ECDSA, TOKEN_IN, SERIAL = 3, 3, 0x1041, 1, 4


class Attribute(ctypes.Structure):
    _fields_ = [("type", number), ("value", ctypes.c_void_p), ("length", number)]


class Mechanism(ctypes.Structure):
    _fields_ = [("type", number), ("parameter", ctypes.c_void_p), ("length", number)]


module = ctypes.CDLL(library)
table = ctypes.POINTER(ctypes.c_void_p)()
assert module.C_GetFunctionList(pointer(table)) == 0
functions = {}


def call(index, *words):
    # The version of the list comes first and takes the room of one pointer.
    function = functions.get(index) or functions.setdefault(index, ctypes.CFUNCTYPE(number)(table[index + 1]))
    result = function(*words)
    if result != 0:
        raise SystemExit(f"function {index} of {library}: {result:#x}")


call(INITIALIZE, None)
count = number(64)
slots = (number * 64)()
call(SLOTS, ctypes.c_ubyte(TOKEN_IN), slots, pointer(count))
slot = number(slots[0])
session = number()
call(OPEN, slot, number(SERIAL), None, None, pointer(session))
begun = time.monotonic()
call(LOGIN, session, number(1), None if pin == "-" else pin.encode(), number(0 if pin == "-" else len(pin)))
values = (number * 2)(PRIVATE_KEY, EC)
wanted = (Attribute * 2)(*(Attribute(kind, ctypes.addressof(values) + at * 8, 8) for at, kind in enumerate((0, 0x100))))
call(FIND_INIT, session, wanted, number(2))
key, found = number(), number()
call(FIND, session, pointer(key), number(1), pointer(found))
call(FIND_FINAL, session)
digest = hashlib.sha256(b"bench").digest()


def sign():
    mechanism, signature, length = Mechanism(ECDSA, None, 0), (ctypes.c_ubyte * 256)(), number(256)
    call(SIGN_INIT, session, pointer(mechanism), key)
    call(SIGN, session, digest, number(len(digest)), signature, pointer(length))


def often(work):
    times, start = 0, time.monotonic()
    while time.monotonic() - start < seconds:
        work()
        times += 1
    return times, times / (time.monotonic() - start)


sign()
first = time.monotonic() - begun
print(json.dumps({"logged in and signed": first * 1000}), flush=True)
sys.stdin.readline()
signatures, rate = often(sign)
print(json.dumps({"signatures": signatures, "rate": rate}), flush=True)
sys.stdin.readline()
sign()
print(json.dumps({"signatures": 1}), flush=True)
sys.stdin.readline()
information = (ctypes.c_ubyte * 256)()
asked, looks = often(lambda: call(SLOT_INFO, slot, information))
print(json.dumps({"looks": asked, "rate": looks}), flush=True)
sys.stdin.readline()
