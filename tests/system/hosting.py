"""The web servers of docs/hosting.md, started on this machine alone with the configurations that stand in docs/."""

from __future__ import annotations

import os
import pwd
import re
import socket
import ssl
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path
from time import monotonic, sleep

DOCS = Path(__file__).parents[2] / "docs"
PATIENCE = 20
PASSWORDS = {"mona": "leads-all", "ann": "first-rep", "bo": "second-rep", "cy": "no-folder"}
"""Of the users that the examples name; `cy` may log in and is nobody there."""

APACHE = """
ServerRoot {run}
PidFile {run}/pid
ErrorLog {run}/error.log
Mutex file:{run} default
Listen 127.0.0.1:{port}
Listen 127.0.0.1:{plain}
ServerName cards.example.com
TypesConfig /dev/null
"""
MODULES = (
    "mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "authz_groupfile", "auth_basic", "alias",
    "dir", "mime", "headers", "socache_shmcb", "ssl",
)  # fmt: skip
NGINX = """
daemon off;
pid {run}/pid;
error_log {run}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {run}/body; proxy_temp_path {run}/proxy; fastcgi_temp_path {run}/fastcgi;
    uwsgi_temp_path {run}/uwsgi; scgi_temp_path {run}/scgi;
    include {run}/site.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Hosted:
    """A site behind a web server, over TLS."""

    port: int
    plain_port: int
    certificate: Path

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    def ask(self, path: str, user: str = "", *, password: str | None = None, method: str = "GET") -> Answer:
        """What comes for an address that is sent as it stands: nothing is put in order on the way."""
        headers = {"Host": "cards.example.com"}
        if user:
            login = f"{user}:{PASSWORDS.get(user, '') if password is None else password}"
            headers["Authorization"] = f"Basic {b64encode(login.encode()).decode()}"
        trusted = ssl.create_default_context(cafile=self.certificate)
        connection = HTTPSConnection("localhost", self.port, context=trusted, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def as_documented(example: str, places: Mapping[str, str]) -> str:
    """A configuration of docs/ with the places of this test: each stands in it, and nothing else is changed."""
    text = (DOCS / example).read_text("utf-8")
    for documented, here in places.items():
        assert documented in text, documented
        text = text.replace(documented, here)
    return text


def crypted(password: str) -> str:
    """The line of a password file, as docs/hosting.md has it made."""
    made = subprocess.run(("openssl", "passwd", "-6", password), capture_output=True, text=True, check=True)
    return made.stdout.strip()


@contextmanager
def behind(server: str, site: Path, folders: Mapping[str, str], run: Path) -> Iterator[Hosted]:
    """The site behind `nginx` or `apache`; `folders` are those of ann and bo. `run` can be read by everyone."""
    run.mkdir()
    certificate, key = run / "certificate.pem", run / "key.pem"
    subprocess.run(
        (
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate),
        ),
        check=True, capture_output=True,
    )  # fmt: skip
    users = run / "users"
    users.write_text("".join(f"{user}:{crypted(password)}\n" for user, password in PASSWORDS.items()), "utf-8")
    hosted = Hosted(free_port(), free_port(), certificate)
    command = COMMANDS[server](hosted, site, folders, run)
    _give_to_unprivileged(run)
    process = subprocess.Popen(command, **_unprivileged())  # type: ignore[call-overload]
    try:
        _wait_for(hosted.port, process, run)
        yield hosted
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _nginx(hosted: Hosted, site: Path, folders: Mapping[str, str], run: Path) -> tuple[str, ...]:
    ports = {
        "listen 80;": f"listen 127.0.0.1:{hosted.plain_port};",
        "listen 443 ssl;": f"listen 127.0.0.1:{hosted.port} ssl;",
    }
    files = {
        "/srv/scorecards": str(site), "/etc/nginx/scorecards.users": f"{run}/users", "/etc/ssl/scorecards": str(run),
    }  # fmt: skip
    text = as_documented("nginx.conf.example", {**ports, **files, **_people(folders)})
    (run / "site.conf").write_text(text, "utf-8")
    (run / "nginx.conf").write_text(NGINX.format(run=run), "utf-8")
    return "/usr/sbin/nginx", "-e", f"{run}/error.log", "-c", f"{run}/nginx.conf"


def _apache(hosted: Hosted, site: Path, folders: Mapping[str, str], run: Path) -> tuple[str, ...]:
    files = {
        "*:80>": f"127.0.0.1:{hosted.plain_port}>", "*:443>": f"127.0.0.1:{hosted.port}>",
        "/srv/scorecards": str(site), "/etc/apache2/scorecards.users": f"{run}/users",
        "/etc/apache2/scorecards.groups": f"{run}/groups", "/etc/ssl/scorecards": str(run),
    }  # fmt: skip
    documented = as_documented("apache.conf.example", {**files, **_people(folders)})
    groups = re.findall(r"^#     (\S+: \w+)$", documented, re.MULTILINE)
    (run / "groups").write_text("\n".join(groups) + "\n", "utf-8")
    modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in MODULES)
    head = APACHE.format(run=run, port=hosted.port, plain=hosted.plain_port)
    (run / "apache.conf").write_text(modules + head + documented, "utf-8")
    return "/usr/sbin/apache2", "-DFOREGROUND", "-f", f"{run}/apache.conf"


COMMANDS: Mapping[str, Callable[[Hosted, Path, Mapping[str, str], Path], tuple[str, ...]]] = {
    "nginx": _nginx,
    "apache": _apache,
}


def _people(folders: Mapping[str, str]) -> Mapping[str, str]:
    return {"ann-lee": folders["ann"], "bo-berg": folders["bo"]}


def _unprivileged() -> Mapping[str, object]:
    """A server needs no rights beyond a port: root starts it as the user that web servers have."""
    if os.geteuid():
        return {}
    account = pwd.getpwnam("www-data")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _give_to_unprivileged(run: Path) -> None:
    if not os.geteuid():
        account = pwd.getpwnam("www-data")
        for path in (run, *run.iterdir()):
            os.chown(path, account.pw_uid, account.pw_gid)


def _wait_for(port: int, process: subprocess.Popen[bytes], run: Path) -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.05)
    log = run / "error.log"
    raise AssertionError(log.read_text("utf-8") if log.exists() else f"it ended with {process.returncode}")
