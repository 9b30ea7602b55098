"""The wheel carries policies, schemas and lexicons, and works from any folder."""

import json
import os
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the built wheel; its dependencies come from this one."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("replylint-*.whl")
    environment = folder / "env"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel], check=True
    )
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return environment / "bin"


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return subprocess.run(
        [installed / "replylint", *arguments],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_installed_command_lints_by_a_shipped_policy(installed: Path, tmp_path: Path) -> None:
    context = "author: Jens Hansen\ncomment: {text: It broke., kind: complaint}"
    reply = f"---\n{context}\n---\nHi Anne!\n"
    (tmp_path / "reply.en.md").write_text(reply, encoding="utf-8")
    policy = ("-p", "handling-negative-comments")
    done = run(installed, tmp_path, "check", "--no-cache", *policy, "-f", "json", "reply.en.md")
    assert done.returncode == 1, done.stderr
    findings = json.loads(done.stdout)["findings"]
    wrong = next(item for item in findings if item["rule"] == "right-name")
    assert (wrong["path"], wrong["start"]["line"], wrong["text"]) == ("reply.en.md", 5, "Anne")


def test_the_installed_command_is_the_wheels_own(installed: Path, tmp_path: Path) -> None:
    code = "import linter; print(linter.__file__)"
    python = installed / "python"
    done = subprocess.run(
        [python, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert str(installed.parent) in done.stdout


@pytest.mark.parametrize("kind", ["policy", "config", "lexicon", "facts", "examples", "report"])
def test_the_installed_command_prints_its_schemas(
    installed: Path, tmp_path: Path, kind: str
) -> None:
    done = run(installed, tmp_path, "schema", kind)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["$schema"].startswith("https://json-schema.org/")


def test_the_installed_policies_pass_their_own_examples(installed: Path, tmp_path: Path) -> None:
    rules = ("--select", "address-by-name", "--select", "keep-complaints", "--select", "cool-off")
    done = run(installed, tmp_path, "test", "handling-negative-comments", *rules)
    assert done.returncode == 0, done.stdout + done.stderr
