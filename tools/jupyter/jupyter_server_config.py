"""How `make lab` starts JupyterLab: at the first notebook of the course, as any user, also in a session of JupyterHub.

Tokens and passwords are Jupyter's own, made anew at each start and written into no file of the project.
"""

import os

c = get_config()  # noqa: F821 — Jupyter gives it to this file

c.LabApp.default_url = "/lab/tree/00-start.ipynb"
# In containers everybody is root, and Jupyter would refuse.
c.ServerApp.allow_root = True

# In a session of JupyterHub the browser reaches another server through the hub only, by jupyter-server-proxy, which leaves paths as they are.
hub_prefix = os.environ.get("JUPYTERHUB_SERVICE_PREFIX")
if hub_prefix:
    c.ServerApp.port = 8890
    c.ServerApp.port_retries = 0  # the port stands in the address
    c.ServerApp.base_url = f"{hub_prefix.rstrip('/')}/proxy/absolute/8890/"
    c.ServerApp.allow_remote_access = True
    c.ServerApp.open_browser = False
