#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Writes the vectors of this folder anew: python3 make.py

A second implementation, on purpose slow and plain: RFC 6962 as its recursive definitions read, and `openssl` for
Ed25519. It shares no code with src/Comity, so that a mistake has to be made twice to go unseen.
"""

import base64
import hashlib
import json
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
OK = "admitted"


def sha(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode()


def write(name, cases):
    text = json.dumps(cases, ensure_ascii=False, indent=2)
    (HERE / name).write_text(text + "\n", encoding="utf-8", newline="\n")


# RFC 6962, section 2.1


def split(n):
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def root(leaves):
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha(b"\x01" + root(leaves[:k]) + root(leaves[k:]))


def path(m, leaves):
    if len(leaves) <= 1:
        return []
    k = split(len(leaves))
    if m < k:
        return path(m, leaves[:k]) + [root(leaves[k:])]
    return path(m - k, leaves[k:]) + [root(leaves[:k])]


def subproof(m, leaves, whole):
    if m == len(leaves):
        return [] if whole else [root(leaves)]
    k = split(len(leaves))
    if m <= k:
        return subproof(m, leaves[:k], whole) + [root(leaves[k:])]
    return subproof(m - k, leaves[k:], False) + [root(leaves[:k])]


def leaf_hash(entry):
    return sha(b"\x00" + entry)


CLASSIC = [bytes.fromhex(h) for h in
           ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]]
ENTRIES = [sha(b"entry %d" % i) for i in range(130)]
LEAVES = [leaf_hash(e) for e in ENTRIES]


def flip(data, bit):
    out = bytearray(data)
    out[bit // 8] ^= 1 << (bit % 8)
    return bytes(out)


# Ed25519 and C2SP signed-note


class Key:
    def __init__(self, name, kind=1):
        self.name, self.kind = name, kind
        self.seed = sha(b"comity register vector key " + name.encode())
        der = bytes.fromhex("302e020100300506032b657004220420") + self.seed
        self.private = self.pem(der)
        public = subprocess.run(["openssl", "pkey", "-inform", "DER", "-pubout", "-outform", "DER"],
                                input=der, capture_output=True, check=True).stdout[-32:]
        self.blob = bytes([kind]) + public
        self.id = sha(name.encode() + b"\n" + self.blob)[:4]
        self.verifier = f"{name}+{self.id.hex()}+{b64(self.blob)}"

    @staticmethod
    def pem(der):
        return f"-----BEGIN PRIVATE KEY-----\n{b64(der)}\n-----END PRIVATE KEY-----\n"

    def raw(self, message):
        with tempfile.TemporaryDirectory() as d:
            d = pathlib.Path(d)
            (d / "key").write_text(self.private)
            (d / "message").write_bytes(message)
            return subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", d / "key", "-rawin", "-in", d / "message"],
                                  capture_output=True, check=True).stdout

    def line(self, text, at=None):
        if at is None:
            return self.with_signature(self.raw(text.encode()))
        signature = self.raw(f"cosignature/v1\ntime {at}\n{text}".encode())
        return self.with_signature(at.to_bytes(8, "big") + signature)

    def with_signature(self, signature):
        return f"— {self.name} {b64(self.id + signature)}\n"


LOG = Key("xa.example/register")
OTHER = Key("xb.example/register")
WITNESS = Key("witness.example/w1", kind=4)
SECOND = Key("witness.example/w2", kind=4)


def body(size, hash32, origin=LOG.name):
    return f"{origin}\n{size}\n{b64(hash32)}\n"


def note(text, *lines):
    return text + "\n" + "".join(lines)


def tree():
    def nodes(leaves):
        found, level = [], 0
        while leaves:
            found += [{"level": level, "index": i, "hash": h.hex()} for i, h in enumerate(leaves)]
            leaves = [sha(b"\x01" + leaves[i] + leaves[i + 1]) for i in range(0, len(leaves) - 1, 2)]
            level += 1
        return found

    classic = [leaf_hash(e) for e in CLASSIC]
    write("tree.json", {
        "classic": {
            "entries": [e.hex() for e in CLASSIC],
            "nodes": nodes(classic),
            "roots": [root(classic[:n]).hex() for n in range(9)],
        },
        "numbered": {
            "entries": [e.hex() for e in ENTRIES],
            "roots": [root(LEAVES[:n]).hex() for n in range(131)],
        },
    })


def inclusion():
    cases = []

    def case(name, leaf, index, size, hashes, top, holds):
        cases.append({"name": name, "leaf": b64(leaf), "index": index, "size": size,
                      "path": [b64(h) for h in hashes], "root": b64(top), "holds": holds})

    for size, index in [(1, 0), (2, 0), (2, 1), (3, 2), (5, 4), (7, 3), (7, 6), (8, 5), (64, 63), (65, 64), (127, 100),
                        (128, 0), (129, 128), (130, 127)]:
        leaves = LEAVES[:size]
        good, top, leaf = path(index, leaves), root(leaves), leaves[index]
        case(f"leaf {index} of {size}", leaf, index, size, good, top, True)
        case(f"leaf {index} of {size}, another leaf", flip(leaf, 7), index, size, good, top, False)
        case(f"leaf {index} of {size}, another root", leaf, index, size, good, flip(top, 255), False)
        case(f"leaf {index} of {size}, one hash more", leaf, index, size, good + [top], top, False)
        case(f"leaf {index} of {size}, index at the size", leaf, size, size, good, top, False)
        case(f"leaf {index} of {size}, index negative", leaf, -1, size, good, top, False)
        if good:
            case(f"leaf {index} of {size}, one hash fewer", leaf, index, size, good[:-1], top, False)
            case(f"leaf {index} of {size}, first hash missing", leaf, index, size, good[1:], top, False)
            case(f"leaf {index} of {size}, a bit flipped in the path", leaf, index, size, [flip(good[0], 0)] + good[1:],
                 top, False)
            case(f"leaf {index} of {size}, the entry instead of its hash", ENTRIES[index], index, size, good, top,
                False)
        if len(good) > 1:
            case(f"leaf {index} of {size}, path reversed", leaf, index, size, good[::-1], top, False)
    case("size 0", LEAVES[0], 0, 0, [], root([]), False)
    case("size negative", LEAVES[0], 0, -1, [], root([]), False)
    # What a path alone cannot tell. So a leaf's hash is computed from the entry, and the size is signed with the root.
    case("a node given as a leaf of a smaller register holds", sha(b"\x01" + LEAVES[0] + LEAVES[1]), 0, 2,
         [root(LEAVES[2:4])], root(LEAVES[:4]), True)
    case("a path made for size 5 holds at size 7", LEAVES[0], 0, 7, path(0, LEAVES[:5]), root(LEAVES[:5]), True)
    case("a path that goes on past a register of one", LEAVES[0], 0, 1, [LEAVES[1]],
         sha(b"\x01" + LEAVES[1] + LEAVES[0]), False)
    case("a path that goes on past a register of two", LEAVES[0], 0, 2, [LEAVES[1], LEAVES[2]],
         sha(b"\x01" + LEAVES[2] + root(LEAVES[:2])), False)
    case("a path that ends below the root of four", LEAVES[0], 0, 4, [LEAVES[1]], root(LEAVES[:2]), False)
    case("a path that ends below the root of three", LEAVES[2], 2, 3, [], LEAVES[2], False)
    case("the largest size, 63 hashes of zeros", LEAVES[0], 0, 2**63 - 1, [bytes(32)] * 63, root(LEAVES[:1]), False)
    case("the largest size, 64 hashes of zeros", LEAVES[0], 0, 2**63 - 1, [bytes(32)] * 64, root(LEAVES[:1]), False)
    top = LEAVES[0]
    for _ in range(63):
        top = sha(b"\x01" + top + bytes(32))
    case("the largest size and a path of 63", LEAVES[0], 0, 2**63 - 1, [bytes(32)] * 63, top, True)
    write("inclusion.json", cases)


def consistency():
    cases = []

    def case(name, older, older_root, size, hashes, top, holds):
        cases.append({"name": name, "olderSize": older, "olderRoot": b64(older_root), "size": size, "root": b64(top),
                      "path": [b64(h) for h in hashes], "holds": holds})

    for older, size in [(1, 1), (1, 2), (2, 3), (3, 7), (4, 7), (6, 7), (6, 8), (7, 8), (8, 8), (64, 65), (65, 128),
                        (100, 130), (128, 129), (129, 130)]:
        good = [] if older == size else subproof(older, LEAVES[:size], True)
        before, now = root(LEAVES[:older]), root(LEAVES[:size])
        name = f"{older} to {size}"
        case(name, older, before, size, good, now, True)
        case(f"{name}, another older root", older, flip(before, 3), size, good, now, False)
        case(f"{name}, another newer root", older, before, size, good, flip(now, 200), False)
        case(f"{name}, one hash more", older, before, size, good + [now], now, False)
        case(f"{name}, sizes exchanged", size, now, older, good, before, older == size)
        if good:
            case(f"{name}, one hash fewer", older, before, size, good[:-1], now, False)
            case(f"{name}, empty", older, before, size, [], now, False)
            case(f"{name}, a bit flipped", older, before, size, good[:-1] + [flip(good[-1], 100)], now, False)
            case(f"{name}, the older root put in front", older, before, size, [before] + good, now, False)
    case("2 to 4, with the root of two again", 2, root(LEAVES[:2]), 4, [], root(LEAVES[:2]), False)
    case("3 to 8, ending below the root", 3, root(LEAVES[:3]), 8, subproof(3, LEAVES[:4], True), root(LEAVES[:4]),
         False)
    long, more = subproof(3, LEAVES[:4], True), LEAVES[9]
    case("3 to 4, going on past the root", 3, sha(b"\x01" + more + root(LEAVES[:3])), 4, long + [more],
         sha(b"\x01" + more + root(LEAVES[:4])), False)
    empty = root([])
    case("0 to 0", 0, empty, 0, [], empty, True)
    case("0 to 0, with a hash", 0, empty, 0, [empty], empty, False)
    case("0 to 7", 0, empty, 7, [], root(LEAVES[:7]), True)
    case("0 to 7, with a hash", 0, empty, 7, [empty], root(LEAVES[:7]), False)
    case("0 to 7, from a root that is not the empty one", 0, LEAVES[0], 7, [], root(LEAVES[:7]), False)
    case("0 to 0, a root that is not the empty one", 0, LEAVES[0], 0, [], LEAVES[0], False)
    case("negative", -1, empty, 7, [], root(LEAVES[:7]), False)
    write("consistency.json", cases)


def plans():
    def cover(first, length):
        nodes = []
        while length:
            level = length.bit_length() - 1
            nodes.append([level, first >> level])
            first, length = first + (1 << level), length - (1 << level)
        return nodes

    def ranges(m, first, n):
        if n <= 1:
            return []
        k = split(n)
        if m < k:
            return ranges(m, first, k) + [(first + k, n - k)]
        return ranges(m - k, first + k, n - k) + [(first, k)]

    def subranges(m, first, n, whole):
        if m == n:
            return [] if whole else [(first, n)]
        k = split(n)
        if m <= k:
            return subranges(m, first, k, whole) + [(first + k, n - k)]
        return subranges(m - k, first + k, n - k, False) + [(first, k)]

    cases = []
    for index, size in [(0, 1), (0, 2), (2, 3), (3, 7), (6, 7), (0, 7), (70, 100), (99, 100), (0, 2**62 + 1),
                        (2**62, 2**62 + 1), (0, 2**63 - 1), (2**63 - 2, 2**63 - 1)]:
        nodes = [n for r in ranges(index, 0, size) for n in cover(*r)]
        cases.append({"proof": "inclusion", "of": index, "size": size, "expect": OK, "nodes": nodes})
    for index, size in [(-1, 3), (3, 3), (0, 0), (0, -1)]:
        cases.append({"proof": "inclusion", "of": index, "size": size, "expect": "register.index-out-of-range"})
    for older, size in [(0, 0), (0, 9), (1, 1), (1, 2), (3, 7), (4, 7), (6, 7), (7, 100), (64, 100),
                        (2**62 - 1, 2**63 - 1), (2**62, 2**63 - 1), (2**63 - 2, 2**63 - 1)]:
        nodes = [] if older in (0, size) else [n for r in subranges(older, 0, size, True) for n in cover(*r)]
        cases.append({"proof": "consistency", "of": older, "size": size, "expect": OK, "nodes": nodes})
    for older, size in [(-1, 3), (4, 3), (1, 0)]:
        cases.append({"proof": "consistency", "of": older, "size": size, "expect": "register.size-out-of-range"})
    write("plans.json", cases)


def keys():
    bad_id = LOG.verifier.replace(LOG.id.hex(), flip(LOG.id, 0).hex())
    low_order = bytes([1]) + b"\x01" + bytes(31)
    low_id = sha(b"low.example\n" + low_order)[:4].hex()
    off_curve = bytes([1]) + b"\x02" + bytes(31)
    off_id = sha(b"off.example\n" + off_curve)[:4].hex()
    kind2 = bytes([2]) + LOG.blob[1:]
    kind2_id = sha(LOG.name.encode() + b"\n" + kind2)[:4].hex()
    long_name = "a" * 255
    key = LOG.blob

    def of(name, blob=key):
        return f"{name}+{sha(name.encode() + chr(10).encode() + blob)[:4].hex()}+{b64(blob)}"

    good = [
        ("a register's key", LOG.verifier),
        ("a witness's key", WITNESS.verifier),
        ("a name of 255 bytes", of(long_name)),
        ("a name outside ASCII", of("xa.example/регистр")),
        ("C2SP signed-note, the example", "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
        ("Go checksum database", "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"),
        ("a plus in the base64", "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6"),
        ("a public witness", "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"),
    ]
    malformed = [
        ("empty", ""),
        ("no fields", "name"),
        ("two fields", "name+01234567"),
        ("no name", of("")),
        ("a space in the name", of("a b")),
        ("a no-break space in the name", of("a\u00a0b")),
        ("a newline in the name", of("a\nb")),
        ("a control character in the name", of("a\u0001b")),
        ("a name of 256 bytes", of(long_name + "a")),
        ("a name of 128 letters of two bytes", of("é" * 128)),
        ("id in upper case", LOG.verifier.replace(LOG.id.hex(), LOG.id.hex().upper())),
        ("id too short", LOG.verifier.replace(LOG.id.hex(), LOG.id.hex()[:7])),
        ("id with a sign", LOG.verifier.replace(LOG.id.hex(), "+" + LOG.id.hex()[1:])),
        ("key cut short", of("a", key[:32])),
        ("key too long", of("a", key + b"\x00")),
        ("no key", "a+01234567+"),
        ("base64 without padding", of("a", key[:32]).rstrip("=")),
        ("base64 for web addresses", of("a", b"\x01" + b"\xff" * 32).replace("/", "_")),
        ("white space at the end", LOG.verifier + "\n"),
        ("a point of small order", f"low.example+{low_id}+{b64(low_order)}"),
        ("no point of the curve", f"off.example+{off_id}+{b64(off_curve)}"),
    ]
    cases = [{"name": n, "key": k, "expect": OK} for n, k in good]
    cases += [{"name": n, "key": k, "expect": "register.key-malformed"} for n, k in malformed]
    cases += [
        {"name": "the id of another key", "key": bad_id, "expect": "register.key-id-wrong"},
        {"name": "another name", "key": LOG.verifier.replace("xa.", "xc."), "expect": "register.key-id-wrong"},
        {"name": "an ECDSA key", "key": f"{LOG.name}+{kind2_id}+{b64(kind2)}", "expect": "register.key-type-wrong"},
    ]
    write("keys.json", cases)


def notes():
    text = "A line.\n"
    line, other = LOG.line(text), OTHER.line(text)
    unsigned, wrong = "register.checkpoint-unsigned", "register.checkpoint-signature-wrong"
    malformed = "register.note-malformed"
    go_text = ("If you think cryptography is the answer to your problem,\n"
               "then you don't know what your problem is.\n")
    peter = ("— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n")
    enoch = ("— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n")
    poem = ("Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n")
    poet = ("— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ih"
            "AQwaqP3ZekRwNtIc=\n")
    example = ("This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1E"
               "RYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n")
    many = [f"— n{i}.example {b64(bytes([i] * 8))}\n" for i in range(64)]
    zero_s = bytearray(base64.b64decode(line.split(" ")[2]))[4:]
    order = 2**252 + 27742317777372353535851937790883648493
    plus_order = (int.from_bytes(zero_s[32:], "little") + order).to_bytes(32, "little")
    malleable = LOG.with_signature(bytes(zero_s[:32]) + plus_order)
    rows = [
        ("one signature", note(text, line), LOG.verifier, OK),
        ("a line of another key after it", note(text, line, other), LOG.verifier, OK),
        ("a line of another key before it", note(text, other, line), LOG.verifier, OK),
        ("a line of an unknown kind", note(text, line, many[7]), LOG.verifier, OK),
        ("an empty line in the text", note("A\n\nB\n", LOG.line("A\n\nB\n")), LOG.verifier, OK),
        ("an empty line at the end of the text", note("A\n\n", LOG.line("A\n\n")), LOG.verifier, OK),
        ("64 signatures", note(text, line, *many[:63]), LOG.verifier, OK),
        ("C2SP signed-note, the example with a key", example,
         "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", OK),
        ("golang.org/x/mod, both signed", note(go_text, peter, enoch),
         "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", OK),
        ("golang.org/x/mod, the other key", note(go_text, peter, enoch),
         "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop", OK),
        ("C2SP signed-note, the example without a key", note(poem, poet), LOG.verifier, unsigned),
        ("only another key", note(text, other), LOG.verifier, unsigned),
        ("the key's name with another id", note(text, line.replace(b64(LOG.id)[:4], "AAAA")), LOG.verifier, unsigned),
        ("the key's id under another name", note(text, line.replace("xa.", "xc.")), LOG.verifier, unsigned),
        ("another text", note("A lines.\n", line), LOG.verifier, wrong),
        ("no newline was signed", note(text, LOG.with_signature(LOG.raw(b"A line."))), LOG.verifier, wrong),
        ("a good and a bad line of the key", note(text, line, LOG.line("B\n")), LOG.verifier, wrong),
        ("a signature one byte short", note(text, LOG.with_signature(bytes(zero_s[:63]))), LOG.verifier, wrong),
        ("a signature one byte long", note(text, LOG.with_signature(bytes(zero_s) + b"\x00")), LOG.verifier, wrong),
        ("a second spelling of the signature, s plus the group's order", note(text, malleable), LOG.verifier, wrong),
        ("empty", "", LOG.verifier, malformed),
        ("no signatures", text, LOG.verifier, malformed),
        ("no signatures after the empty line", text + "\n", LOG.verifier, malformed),
        ("no empty line", text + line, LOG.verifier, malformed),
        ("no newline at the end", note(text, line)[:-1], LOG.verifier, malformed),
        ("a line after the signatures", note(text, line, "more\n"), LOG.verifier, malformed),
        ("an empty line after the signatures", note(text, line, "\n"), LOG.verifier, malformed),
        ("carriage returns", note(text, line).replace("\n", "\r\n"), LOG.verifier, malformed),
        ("a tab in the text", note("A\tB\n", line), LOG.verifier, malformed),
        ("a zero byte in the text", note("A\u0000B\n", line), LOG.verifier, malformed),
        ("a hyphen for the dash", note(text, line.replace("—", "-")), LOG.verifier, malformed),
        ("a space too many", note(text, line.replace("— ", "—  ")), LOG.verifier, malformed),
        ("a space at the end of the line", note(text, line.replace("\n", " \n")), LOG.verifier, malformed),
        ("no name", note(text, line.replace(LOG.name + " ", "")), LOG.verifier, malformed),
        ("a plus in the name", note(text, line.replace("xa.", "x+a.")), LOG.verifier, malformed),
        ("a wide space in the name", note(text, line.replace("xa.", "x\u3000a.")), LOG.verifier, malformed),
        ("base64 without padding", note(text, line.replace("=", "")), LOG.verifier, malformed),
        ("base64 with a stray bit",
         note(text, line[:-3] + chr(ord(line[-3]) + 1) + line[-2:]),
         LOG.verifier, malformed),
        ("only a key id", note(text, f"— {LOG.name} {b64(LOG.id)}\n"), LOG.verifier, malformed),
        ("the same line twice", note(text, line, line), LOG.verifier, malformed),
        ("65 signatures", note(text, line, *many), LOG.verifier, malformed),
    ]
    cases = [{"name": n, "note": t, "key": k, "expect": e} for n, t, k, e in rows]
    write("notes.json", cases)


def checkpoints():
    top = root(LEAVES[:7])
    cases = []

    def case(name, text, expect, key=LOG, origin=LOG.name, lines=None, **more):
        cases.append({"name": name, "note": note(text, *(lines or [LOG.line(text)])),
                      "key": key if isinstance(key, str) else key.verifier, "origin": origin, "expect": expect, **more})

    malformed = "register.checkpoint-malformed"
    case("a register of seven", body(7, top), OK, size=7, root=b64(top))
    case("an empty register", body(0, root([])), OK, size=0, root=b64(root([])))
    case("the largest size", body(2**63 - 1, top), OK, size=2**63 - 1, root=b64(top))
    case("with lines of extension", body(7, top) + "one\ntwo\n", OK, size=7, root=b64(top), extension="one\ntwo\n")
    case("origin of 255 bytes", body(7, top, "a" * 255), OK, origin="a" * 255, size=7, root=b64(top))
    case("origin of 256 bytes", body(7, top, "a" * 256), malformed, origin="a" * 256)
    case("origin empty", body(7, top, ""), malformed, origin="")
    for size in ["07", "-7", "+7", "7 ", " 7", "", "7.0", "0x7", "٧", "00", str(2**63), "9" * 20, "1" + "0" * 4000]:
        case(f"size {size[:22]!r}", body(size, top), malformed)
    case("size missing", f"{LOG.name}\n{b64(top)}\n", malformed)
    case("root missing", f"{LOG.name}\n7\n", malformed)
    case("only an origin", f"{LOG.name}\n", malformed)
    case("root in hexadecimal", f"{LOG.name}\n7\n{top.hex()}\n", malformed)
    case("root of 31 bytes", f"{LOG.name}\n7\n{b64(top[:31])}\n", malformed)
    case("root of 33 bytes", f"{LOG.name}\n7\n{b64(top + b'0')}\n", malformed)
    case("root without padding", f"{LOG.name}\n7\n{b64(top)[:-1]}\n", malformed)
    stray = b64(top)[:-2] + chr(ord(b64(top)[-2]) + 1) + "="
    case("root with a stray bit", f"{LOG.name}\n7\n{stray}\n", malformed)
    case("an empty line of extension", body(7, top) + "\none\n", malformed)
    case("an empty line between lines of extension", body(7, top) + "one\n\ntwo\n", malformed)
    case("another origin", body(7, top, OTHER.name), "register.checkpoint-origin")
    case("origin in another case", body(7, top, LOG.name.upper()), "register.checkpoint-origin")
    case("another key", body(7, top), "register.checkpoint-unsigned", key=OTHER)
    case("a witness's key taken for the register's", body(7, top), "register.key-type-wrong", key=WITNESS,
         lines=[WITNESS.line(body(7, top), 1795521600)])
    case("another size", body(8, top), "register.checkpoint-signature-wrong", lines=[LOG.line(body(7, top))])
    case("another root", body(7, flip(top, 9)), "register.checkpoint-signature-wrong", lines=[LOG.line(body(7, top))])
    case("malformed and not signed", body("07", top), "register.checkpoint-unsigned",
        lines=[OTHER.line(body("07", top))])

    sum_key = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
    case("Go checksum database, a published checkpoint",
        "go.sum database tree\n65664258\nWVVNVD2qx+fTq31zkj6UAqxT5X6HvGphGM+o8Thnbsg=\n",
         OK, key=sum_key, origin="go.sum database tree", size=65664258,
             root="WVVNVD2qx+fTq31zkj6UAqxT5X6HvGphGM+o8Thnbsg=",
         lines=["— sum.golang.org Az3grligJmgX7KGyGPKybykNTh3VgsbLvUuvOwrM5zLVlulmFp2wdvbxOw74/gcNxURShXEpb7RXcs3+BYflYN+w0gQ=\n"])
    spec = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
    spec_line = "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    case("C2SP tlog-checkpoint, the example: a signature of Go's database under made-up names",
         f"example.com/behind-the-sofa\n20852163\n{spec}\n", "register.checkpoint-unsigned", key=sum_key,
         origin="example.com/behind-the-sofa", lines=["— example.com/behind-the-sofa " + spec_line])
    case("C2SP tlog-checkpoint, the example under the names it was signed with",
         f"go.sum database tree\n20852163\n{spec}\n", OK, key=sum_key, origin="go.sum database tree",
         size=20852163, root=spec, lines=["— sum.golang.org " + spec_line])
    write("checkpoints.json", cases)


def cosignatures():
    text = body(7, root(LEAVES[:7]))
    at = 1795521600  # 2026-11-24T12:00:00Z
    good, later, second = WITNESS.line(text, at), WITNESS.line(text, at + 60), SECOND.line(text, at)
    wrong = "register.cosignature-wrong"
    staging = ("arche2025h1.staging.ct.transparency.dev\n1432088532\nU7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n")
    remora = ("— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0W"
              "BxtqB0DrAWfBw==\n")
    spec = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    w1 = ("— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xU"
          "e+mbIUBkBIfZ+qnA==\n")
    year_9999 = 253402300799

    def seen(key, time="2026-11-24T12:00:00Z"):
        return {"witness": key.name, "at": time}

    rows = [
        ("none", note(text, LOG.line(text)), [WITNESS], OK, []),
        ("one of one", note(text, LOG.line(text), good), [WITNESS], OK, [seen(WITNESS)]),
        ("one of two", note(text, LOG.line(text), good), [SECOND, WITNESS], OK, [seen(WITNESS)]),
        ("two of two, in the order asked", note(text, good, second), [SECOND, WITNESS], OK,
         [seen(SECOND), seen(WITNESS)]),
        ("one witness twice counts once, at its latest", note(text, later, good), [WITNESS], OK,
         [seen(WITNESS, "2026-11-24T12:01:00Z")]),
        ("one witness twice, the other way round", note(text, good, later), [WITNESS], OK,
         [seen(WITNESS, "2026-11-24T12:01:00Z")]),
        ("a witness listed twice counts once", note(text, good), [WITNESS, WITNESS], OK, [seen(WITNESS)]),
        ("an unknown witness", note(text, second), [WITNESS], OK, []),
        ("at the start of time", note(text, WITNESS.line(text, 0)), [WITNESS], OK,
         [seen(WITNESS, "1970-01-01T00:00:00Z")]),
        ("at the last second", note(text, WITNESS.line(text, year_9999)), [WITNESS], OK,
         [seen(WITNESS, "9999-12-31T23:59:59Z")]),
        ("after the last second", note(text, WITNESS.line(text, year_9999 + 1)), [WITNESS], wrong, []),
        ("past 2^63", note(text, WITNESS.line(text, 2**63)), [WITNESS], wrong, []),
        ("another text", note(text, WITNESS.line(body(8, root(LEAVES[:7])), at)), [WITNESS], wrong, []),
        ("another time",
         note(text, WITNESS.with_signature((at + 1).to_bytes(8, "big") + base64.b64decode( good.split(" ")[2])[12:])),
         [WITNESS], wrong, []),
        ("signed as a log signs", note(text, WITNESS.line(text)), [WITNESS], wrong, []),
        ("a good and a bad line", note(text, good, WITNESS.line(body(8, root(LEAVES[:7])), at)), [WITNESS], wrong, []),
    ]
    cases = [{"name": n, "note": t, "witnesses": [w.verifier for w in ws], "expect": e, "cosigned": c}
             for n, t, ws, e, c in rows]
    cases.append({"name": "a published checkpoint of a staging log, and a public witness",
        "note": note(staging, remora),
                  "witnesses": ["remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"], "expect": OK,
                  "cosigned": [{"witness": "remora.n621.de", "at": "2026-05-23T21:50:24Z"}]})
    cases.append({"name": "C2SP tlog-cosignature, the example, whose keys are not published", "note": note(spec, w1),
                  "witnesses": [WITNESS.verifier], "expect": OK, "cosigned": []})
    write("cosignatures.json", cases)


ACT, DIRECTORY, SALT = sha(b"an act"), sha(b"a directory entry"), sha(b"a salt")


def canonical(entry="admitted", code=None, instant="2026-11-24T12:00:00Z", act=ACT, directory=DIRECTORY):
    said = f'","code":"{code}' if code else ""
    return f'{{"act":"{act.hex()}","entry":"{entry}{said}","instant":"{instant}","directory":"{directory.hex()}"}}'


def leaves():
    good = [
        ("admitted", canonical()),
        ("issued", canonical("issued")),
        ("not admitted", canonical("not-admitted", "act.not-canonical")),
        ("a code of 64 characters", canonical("not-admitted", "a." + "b" * 62)),
        ("the first instant", canonical(instant="1970-01-01T00:00:00Z")),
        ("the last instant", canonical(instant="9999-12-31T23:59:59Z")),
        ("a leap day", canonical(instant="2028-02-29T23:59:59Z")),
    ]
    plain = canonical()
    bad = [
        ("empty", ""),
        ("cut short", plain[:-1]),
        ("a newline after it", plain + "\n"),
        ("a space before it", " " + plain),
        ("a space within", plain.replace(":", ": ", 1)),
        ("carriage return", plain + "\r\n"),
        ("a byte order mark", "\ufeff" + plain),
        ("members in another order",
         plain.replace('"act"', '"x"', 1).replace('"directory"', '"act"').replace('"x"', '"directory"')),
        ("a member twice", plain[:-1] + plain[plain.index(',"dir'):]),
        ("a member more", plain[:-1] + ',"note":""}'),
        ("a member fewer", plain[:plain.index(',"dir')] + "}"),
        ("act in upper case", canonical(act=ACT).replace(ACT.hex(), ACT.hex().upper())),
        ("act of 63 digits", plain.replace(ACT.hex(), ACT.hex()[1:])),
        ("act of 65 digits", plain.replace(ACT.hex(), "0" + ACT.hex())),
        ("act with a letter past f", plain.replace(ACT.hex(), "g" + ACT.hex()[1:])),
        ("an unknown word", canonical("received")),
        ("the word in another case", canonical("Admitted")),
        ("an escape", plain.replace("admitted", "\\u0061dmitted")),
        ("admitted with a code", canonical("admitted", "act.not-canonical")),
        ("not admitted without a code", canonical("not-admitted")),
        ("a code of 65 characters", canonical("not-admitted", "a." + "b" * 63)),
        ("a code without a dot", canonical("not-admitted", "malformed")),
        ("a code in upper case", canonical("not-admitted", "act.Wrong")),
        ("a code with an empty name", canonical("not-admitted", "act..wrong")),
        ("a code that ends in a dot", canonical("not-admitted", "act.")),
        ("a code that starts with a hyphen", canonical("not-admitted", "-act.wrong")),
        ("a code outside ASCII", canonical("not-admitted", "act.é")),
        ("a quotation mark in the code", canonical("not-admitted", 'act.a"')),
    ]
    bad += [(f"instant {t}", canonical(instant=t)) for t in BAD_INSTANTS if t]
    cases = []
    for name, text in good:
        entry = sha(SALT + text.encode())
        cases.append({"name": name, "canonical": text, "expect": OK, "salt": SALT.hex(), "entry": entry.hex(),
                      "leafHash": b64(leaf_hash(entry))})
    cases += [{"name": n, "canonical": t, "expect": "register.leaf-not-canonical"} for n, t in bad]
    write("leaves.json", cases)


BAD_INSTANTS = [
    "", "2026-11-24T12:00:00", "2026-11-24T12:00:00z", "2026-11-24t12:00:00Z", "2026-11-24 12:00:00Z",
        "2026-11-24T12:00:00.0Z",
    "2026-11-24T12:00:00+00:00", "2026-11-24T12:00:60Z", "2026-11-24T12:60:00Z", "2026-11-24T24:00:00Z",
        "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-04-31T00:00:00Z", "2027-02-29T00:00:00Z",
        "1969-12-31T23:59:59Z",
    "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "2026-11-24T12:00:0 Z", "2026-11-24T12:00:-1Z",
        "2026-1-24T12:00:000Z",
    "2026-11-24T12:00:00ZZ", "٢026-11-24T12:00:00Z",
]


def instants():
    good = [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-11-24T12:00:00Z", 1795521600),
        ("2028-02-29T23:59:59Z", 1835481599),
        ("2000-02-29T00:00:00Z", 951782400),
        ("9999-12-31T23:59:59Z", 253402300799),
    ]
    cases = [{"instant": t, "expect": OK, "unixSeconds": s} for t, s in good]
    cases += [{"instant": t, "expect": "instant.not-canonical"} for t in BAD_INSTANTS]
    write("instants.json", cases)


def receipt_parts(text=None):
    text = text or canonical()
    entry = sha(SALT + text.encode())
    all_leaves = LEAVES[:4] + [leaf_hash(entry)] + LEAVES[5:7]
    head = body(7, root(all_leaves))
    return text, [b64(h) for h in path(4, all_leaves)], head


def receipts():
    text, hashes, head = receipt_parts()
    signed = note(head, LOG.line(head), WITNESS.line(head, 1795521660))
    members = {"version": "comity-register@v1", "leaf": text, "salt": SALT.hex(), "index": 4, "proof": hashes,
        "checkpoint": signed}
    cases = []

    def case(name, receipt, expect, key=LOG, origin=LOG.name, act=ACT):
        raw = receipt if isinstance(receipt, str) else json.dumps(receipt, ensure_ascii=False, separators=(",", ":"))
        cases.append({"name": name, "receipt": raw, "key": key.verifier, "origin": origin, "act": act.hex(),
            "expect": expect})

    compact = json.dumps(members, ensure_ascii=False, separators=(",", ":"))
    malformed, note_bad = "register.receipt-malformed", "register.note-malformed"
    leaf_bad = "register.leaf-not-canonical"
    case("a receipt", members, OK)
    case("spread over lines", json.dumps(members, ensure_ascii=False, indent=2), OK)
    case("members in another order", dict(reversed(members.items())), OK)
    case("escaped as JSON allows", json.dumps(members), OK)
    case("another act", members, "register.receipt-other-act", act=DIRECTORY)
    case("another key", members, "register.checkpoint-unsigned", key=OTHER)
    case("another origin", members, "register.checkpoint-origin", origin=OTHER.name)
    case("another entry", {**members, "leaf": canonical("issued")}, "register.proof-wrong")
    case("another instant", {**members, "leaf": canonical(instant="2026-11-24T12:00:01Z")}, "register.proof-wrong")
    case("another salt", {**members, "salt": flip(SALT, 0).hex()}, "register.proof-wrong")
    case("another index", {**members, "index": 5}, "register.proof-wrong")
    case("an index at the size", {**members, "index": 7}, "register.index-out-of-range")
    case("the largest index", {**members, "index": 2**63 - 1}, "register.index-out-of-range")
    case("no path", {**members, "proof": []}, "register.proof-wrong")
    case("the path of another leaf", {**members, "proof": [b64(h) for h in path(5, LEAVES[:7])]},
        "register.proof-wrong")
    case("a path reversed", {**members, "proof": hashes[::-1]}, "register.proof-wrong")
    case("a path of 63", {**members, "proof": hashes * 21}, "register.proof-wrong")
    case("a path of 64", {**members, "proof": hashes * 21 + hashes[:1]}, "register.proof-malformed")
    case("a hash in hexadecimal", {**members, "proof": [ACT.hex()] + hashes[1:]}, "register.proof-malformed")
    case("an empty hash", {**members, "proof": [""] + hashes[1:]}, "register.proof-malformed")
    other = body(8, root(LEAVES[:7]))
    case("a checkpoint with another size", {**members, "checkpoint": note(head.replace("\n7\n", "\n6\n"),
        LOG.line(head))},
         "register.checkpoint-signature-wrong")
    case("another checkpoint", {**members, "checkpoint": note(other, LOG.line(other))}, "register.proof-wrong")
    bad_head = head.replace("\n7\n", "\n07\n")
    case("a malformed checkpoint, signed", {**members, "checkpoint": note(bad_head, LOG.line(bad_head))},
        "register.checkpoint-malformed")
    case("only a witness signed", {**members, "checkpoint": note(head, WITNESS.line(head, 1795521660))},
        "register.checkpoint-unsigned")
    case("a note with carriage returns", {**members, "checkpoint": signed.replace("\n", "\r\n")}, note_bad)
    case("a note without signatures", {**members, "checkpoint": head}, note_bad)
    case("another version", {**members, "version": "comity-register@v2"}, "register.receipt-version")
    case("a leaf with a space", {**members, "leaf": text + " "}, leaf_bad)
    case("a leaf outside ASCII", {**members, "leaf": text.replace("admitted", "admittеd")}, leaf_bad)
    for name, value in [
        ("leaf", json.loads(text)),
        ("leaf", None),
        ("salt", None),
        ("salt", SALT.hex().upper()),
        ("salt", SALT.hex()[2:]),
        ("salt", b64(SALT)),
        ("salt", 7),
        ("index", "4"),
        ("index", -1),
        ("index", 4.5),
        ("index", None),
        ("index", 2**63),
        ("proof", None),
        ("proof", "a"),
        ("proof", [None]),
        ("proof", [[hashes[0]]]),
        ("proof", {}),
        ("checkpoint", None),
        ("checkpoint", 7),
        ("version", None),
    ]:
        case(f"{name}: {json.dumps(value)[:40]}", {**members, name: value}, malformed)
    for name in members:
        case(f"without {name}", {k: v for k, v in members.items() if k != name}, malformed)
        case(f"{name} twice", compact[:-1] + f',"{name}":' + json.dumps(members[name], ensure_ascii=False) + "}",
            malformed)
        case(f"{name} with a capital", compact.replace(f'"{name}":', f'"{name.capitalize()}":', 1), malformed)
    case("a member twice, once escaped", compact[:-1] + ',"in\\u0064ex":4}', malformed)
    case("a member more", {**members, "note": ""}, malformed)
    case("index as 4.0", compact.replace('"index":4', '"index":4.0'), malformed)
    case("index as 4e0", compact.replace('"index":4', '"index":4e0'), malformed)
    case("index as 04", compact.replace('"index":4', '"index":04'), malformed)
    case("half a surrogate pair", compact.replace(LOG.name, "\\ud800", 1), malformed)
    case("empty", "", malformed)
    case("null", "null", malformed)
    case("an array", "[" + compact + "]", malformed)
    case("cut short", compact[:-1], malformed)
    case("something after it", compact + "{}", malformed)
    case("a comment", "/**/" + compact, malformed)
    case("a comma too many", compact[:-1] + ",}", malformed)
    case("a byte order mark", "\ufeff" + compact, malformed)
    case("deeply nested", compact[:-1] + ',"x":' + "[" * 100 + "]" * 100 + "}", malformed)
    pad = 16 * 1024 - len(compact.encode())
    case("16 KiB", compact + " " * pad, OK)
    case("16 KiB and a byte", compact + " " * (pad + 1), "register.receipt-too-large")
    write("receipts.json", cases)


def tlog_proofs():
    text, hashes, head = receipt_parts()
    signed = note(head, LOG.line(head))
    extra = b64(SALT + text.encode())
    top, ex, ix, hs = "c2sp.org/tlog-proof@v1\n", f"extra {extra}\n", "index 4\n", "".join(h + "\n" for h in hashes)
    good = top + ex + ix + hs + "\n" + signed
    malformed = "register.tlog-proof-malformed"
    rows = [
        ("a proof", good, OK),
        ("without extra data", top + ix + hs + "\n" + signed, "register.tlog-proof-without-leaf"),
        ("extra data shorter than a salt", top + f"extra {b64(SALT[:31])}\n" + ix + hs + "\n" + signed,
         "register.tlog-proof-without-leaf"),
        ("extra data of a salt alone", top + f"extra {b64(SALT)}\n" + ix + hs + "\n" + signed,
         "register.leaf-not-canonical"),
        ("extra data that goes on", top + f"extra {b64(SALT + text.encode() + b' ')}\n" + ix + hs + "\n" + signed,
         "register.leaf-not-canonical"),
        ("another leaf", top + f"extra {b64(SALT + canonical('issued').encode())}\n" + ix + hs + "\n" + signed,
         "register.proof-wrong"),
        ("8 KiB of extra data", top + f"extra {b64(bytes(8192))}\n" + ix + hs + "\n" + signed,
         "register.leaf-not-canonical"),
        ("8 KiB and a byte of extra data", top + f"extra {b64(bytes(8193))}\n" + ix + hs + "\n" + signed, malformed),
        ("no hashes", top + ex + ix + "\n" + signed, "register.proof-wrong"),
        ("a path of 64", top + ex + ix + (hashes[0] + "\n") * 64 + "\n" + signed, "register.proof-malformed"),
        ("a hash that is none", top + ex + ix + "AAAA\n" + hs + "\n" + signed, "register.proof-malformed"),
        ("another index", good.replace("index 4", "index 3"), "register.proof-wrong"),
        ("a note without signatures", top + ex + ix + hs + "\n" + head, "register.note-malformed"),
        ("a checkpoint by another key", top + ex + ix + hs + "\n" + note(head, OTHER.line(head)),
         "register.checkpoint-unsigned"),
        ("empty", "", malformed),
        ("only a header", top, malformed),
        ("another version", good.replace("@v1", "@v2"), malformed),
        ("a line before the header", "\n" + good, malformed),
        ("carriage returns", good.replace("\n", "\r\n"), malformed),
        ("no index", top + ex + hs + "\n" + signed, malformed),
        ("index twice", top + ex + ix + ix + hs + "\n" + signed, "register.proof-malformed"),
        ("index before extra", top + ix + ex + hs + "\n" + signed, "register.proof-malformed"),
        ("extra twice", top + ex + ex + ix + hs + "\n" + signed, malformed),
        ("extra empty", top + "extra \n" + ix + hs + "\n" + signed, malformed),
        ("extra not base64", top + "extra =\n" + ix + hs + "\n" + signed, malformed),
        ("index with a leading zero", good.replace("index 4", "index 04"), malformed),
        ("index negative", good.replace("index 4", "index -4"), malformed),
        ("index empty", good.replace("index 4", "index "), malformed),
        ("index past 2^63-1", good.replace("index 4", f"index {2**63}"), malformed),
        ("index with a space after it", good.replace("index 4", "index 4 "), malformed),
        ("no empty line", top + ex + ix + hs + signed.replace("\n\n", "\n"), malformed),
    ]
    write("tlog-proofs.json", [{"name": n, "proof": t, "key": LOG.verifier, "origin": LOG.name, "expect": e} for n, t,
        e in rows])


if __name__ == "__main__":
    for make in [tree, inclusion, consistency, plans, keys, notes, checkpoints, cosignatures, leaves, instants,
        receipts,
                 tlog_proofs]:
        make()
