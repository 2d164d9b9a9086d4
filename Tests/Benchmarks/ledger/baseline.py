"""One insert and one update of an event in a transaction of its own, as a plain script would do it.

Prints the events per second. The same durability as the ledger's: a write-ahead log, synchronous=NORMAL.
"""
import sqlite3
import sys
import time

path, count = sys.argv[1], int(sys.argv[2])
db = sqlite3.connect(path, isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA synchronous = NORMAL")
db.execute("CREATE TABLE events (id TEXT PRIMARY KEY, state TEXT, owner TEXT, lease REAL, name TEXT, report TEXT)")
began = time.perf_counter()
for number in range(count):
    # Ids are random, so that an index of them is written all over.
    digits = f"{(number + 1) * 0x9E3779B97F4A7C15 % 2**64:016x}"
    event = f"{digits[:8]}-c98a-4c65-9b6e-0000{digits[8:]}"
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO events VALUES (?, 'claimed', 'host-1', 1.0, 'RunInstances', NULL)", (event,))
    db.execute("UPDATE events SET state = 'tagged', report = ? WHERE id = ?", ('{"Creator":"seungkim"}', event))
    db.execute("COMMIT")
print(count / (time.perf_counter() - began))
