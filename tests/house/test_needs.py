from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EVERYTHING = ("chromium", "redis-server", "fc-list")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with a shell and nothing else: programs are added as scripts."""
    for name in ("bash", "sh", "env"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    has(tmp_path, "true")
    return tmp_path


def has(machine: Path, name: str, script: str = "exit 0") -> None:
    program = machine / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def needs(machine: Path) -> subprocess.CompletedProcess[str]:
    command = [str(machine / "bash"), str(ROOT / ".ci" / "needs")]
    return subprocess.run(command, env={"PATH": str(machine)}, capture_output=True, text=True, check=False)


def test_a_machine_that_has_everything_is_left_alone(machine: Path) -> None:
    for name in EVERYTHING:
        has(machine, name, "echo Noto Sans CJK SC")
    done = needs(machine)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_root_gets_what_is_missing(machine: Path) -> None:
    has(machine, "id", "echo 0")
    has(machine, "fc-list", "echo Noto Sans CJK SC")
    has(machine, "apt-get", f'echo "$@" >> {machine}/asked')
    assert needs(machine).returncode == 0
    asked = (machine / "asked").read_text().splitlines()
    assert asked == ["update", "install -y --no-install-recommends chromium redis-server"]


def test_anybody_else_is_told_the_command(machine: Path) -> None:
    has(machine, "id", "echo 1000")
    has(machine, "apt-get")
    has(machine, "redis-server")
    done = needs(machine)
    assert done.returncode == 1
    told = (
        "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends chromium fontconfig fonts-noto-cjk'"
    )
    assert told in done.stderr


def test_sudo_without_a_password_is_used(machine: Path) -> None:
    has(machine, "id", "echo 1000")
    has(machine, "apt-get", f'echo "$@" >> {machine}/asked')
    has(machine, "sudo", '[ "$1" = -n ] && shift; exec "$@"')
    assert needs(machine).returncode == 0
    assert "fonts-noto-cjk" in (machine / "asked").read_text()


def test_a_system_of_another_kind_is_told_what_is_needed(machine: Path) -> None:
    done = needs(machine)
    assert done.returncode == 1
    assert "chromium redis-server fontconfig fonts-noto-cjk" in done.stderr


def test_chinese_fonts_are_looked_for(machine: Path) -> None:
    has(machine, "chromium")
    has(machine, "redis-server")
    has(machine, "fc-list")
    assert "fonts-noto-cjk" in needs(machine).stderr
