"""`make lab` starts JupyterLab at the first notebook, as root too, in a session of a hub under its address, with no secret in a file."""

import json
from pathlib import Path

import pytest
from jupyter_server.services.config.manager import ConfigManager
from jupyterlab.commands import get_app_dir
from traitlets.config.loader import PyFileConfigLoader

REPOSITORY = Path(__file__).resolve().parents[1]
SETTINGS = REPOSITORY / "tools" / "jupyter"


def config():
    return PyFileConfigLoader("jupyter_server_config.py", path=str(SETTINGS)).load_config()


def test_it_opens_the_first_notebook_also_as_root(monkeypatch):
    monkeypatch.delenv("JUPYTERHUB_SERVICE_PREFIX", raising=False)
    found = config()
    assert (REPOSITORY / "notebooks" / found.LabApp.default_url.removeprefix("/lab/tree/")).is_file()
    assert dict(found.ServerApp) == {"allow_root": True}


@pytest.mark.parametrize("prefix", ["/user/ada/", "/hub/user/ada"])
def test_in_a_session_of_a_hub_it_is_reached_through_the_hub(monkeypatch, prefix):
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", prefix)
    server = config().ServerApp
    assert server.base_url == f"{prefix.rstrip('/')}/proxy/absolute/{server.port}/"
    assert server.port_retries == 0
    assert not server.open_browser


def test_no_secret_stands_in_the_files():
    for path in SETTINGS.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert not any(name in text for name in ("IdentityProvider", ".token", ".password", "hashed_password"))


def test_the_side_bar_leaves_its_width_to_the_names(monkeypatch):
    # By the way that JupyterLab takes to the file; its own list says which settings there are.
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(SETTINGS))
    ((plugin, wanted),) = ConfigManager(config_dir_name="labconfig").get("default_setting_overrides").items()
    package, _, name = plugin.partition(":")
    schema = Path(get_app_dir()) / "schemas" / package / f"{name}.json"
    known = json.loads(schema.read_text(encoding="utf-8"))["properties"]
    assert wanted.keys() <= known.keys()
    assert not wanted["showLastModifiedColumn"]
    assert not wanted["showFileSizeColumn"]
