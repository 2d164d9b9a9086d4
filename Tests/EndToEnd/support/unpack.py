"""Lays the content of a Lambda package out as Lambda does: `unpack.py ZIP ROOT` fills ROOT/var/task and makes ROOT/tmp."""
import sys
import zipfile
from pathlib import Path


def unpack(package: Path, root: Path) -> None:
    task = root / "var" / "task"
    with zipfile.ZipFile(package) as archive:
        for entry in archive.infolist():
            file = task / entry.filename
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(archive.read(entry))
            file.chmod(entry.external_attr >> 16 & 0o777)
    (root / "tmp").mkdir()


if __name__ == "__main__":
    unpack(Path(sys.argv[1]), Path(sys.argv[2]))
