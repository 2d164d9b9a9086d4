"""Packs the Lambda function with everything that it needs into a zip that runs on any Linux of the same architecture.

Usage: lambda_zip.py PROGRAM ZIP [--level 0-9]. In the zip lie `bootstrap` (Sources/Executables/lambda-launcher), the program
without its symbols, and in `lib` its libraries, the C library and its loader among them. The same input gives the same zip.
"""
from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAUNCHER = ROOT / "Sources" / "Executables" / "lambda-launcher" / "launcher.c"
LOADERS = {"x86_64": "ld-linux-x86-64.so.2", "aarch64": "ld-linux-aarch64.so.1"}
# Before glibc 2.34 the C library loaded these to look up hosts; later ones have them inside.
NAME_SERVICES = ("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2")
MAXIMUM_BYTES = 40 * 1000 * 1000
# The earliest time that a zip can name.
TIME = (1980, 1, 1, 0, 0, 0)


def run(*arguments) -> str:
    try:
        done = subprocess.run([str(one) for one in arguments], capture_output=True, text=True)
    except FileNotFoundError:
        sys.exit(f"'{arguments[0]}' is not on the PATH: install a C compiler and binutils")
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))} failed:\n{done.stderr or done.stdout}")
    return done.stdout


def libraries(program: Path, loader: str) -> dict:
    """The shared libraries of a program by their names, with the loader and what the C library loads by itself."""
    found = {}
    for line in run("ldd", program).splitlines():
        if "not found" in line:
            sys.exit(f"{program}: a library is missing on this machine: {line.strip()}")
        match = re.search(r"(?:(\S+) => )?(/\S+) \(0x", line)
        if match:
            path = Path(match.group(2))
            found[Path(match.group(1) or path).name] = path
    if loader not in found or "libc.so.6" not in found:
        sys.exit(f"{program} is not linked to glibc: {', '.join(found)}")
    for name in NAME_SERVICES:
        path = found["libc.so.6"].parent / name
        if name not in found and path.exists():
            found[name] = path
    return found


def pack(program: Path, target: Path, level: int) -> None:
    loader = LOADERS.get(platform.machine())
    if not loader:
        sys.exit(f"Lambda runs on x86-64 and arm64, not on {platform.machine()}")
    with tempfile.TemporaryDirectory(prefix="lambda-zip-") as folder:
        work = Path(folder)
        # Swift brings a compiler of C along, for machines that have no other.
        run(shutil.which("cc") or "clang", "-static", "-Os", "-s", "-Wall", "-Werror", "-o", work / "bootstrap", LAUNCHER)
        run("strip", "-o", work / "autotagger-lambda", program)
        files = {"bootstrap": work / "bootstrap", "autotagger-lambda": work / "autotagger-lambda"}
        for name, path in libraries(program, loader).items():
            copy = work / name
            # The loader finds its way by symbols that stripping would take.
            run("cp", path, copy) if name == loader else run("strip", "-o", copy, path)
            files[f"lib/{name}"] = copy
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(target, "w") as archive:
            for name, path in sorted(files.items()):
                entry = zipfile.ZipInfo(name, TIME)
                entry.external_attr = (0o100755 if "/" not in name or name.endswith(loader) else 0o100644) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes(), compresslevel=level)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("zip", type=Path)
    parser.add_argument("--level", type=int, default=9, help="how hard to compress")
    options = parser.parse_args()
    if not os.access(options.program, os.X_OK):
        sys.exit(f"{options.program} is not there; make lambda-zip builds it")
    pack(options.program, options.zip, options.level)
    size = options.zip.stat().st_size
    print(f"{options.zip}: {size / 1e6:.1f} MB")
    if options.level == 9 and size > MAXIMUM_BYTES:
        sys.exit(f"the zip is larger than {MAXIMUM_BYTES / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
