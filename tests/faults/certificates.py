"""Certificates for loopback: a good one, one that has run out, one of another host, a stranger."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

_HERE = "IP:127.0.0.1,DNS:localhost"
_CONFIG = """
[ca]
default_ca = own
[own]
database = {folder}/index.txt
serial = {folder}/serial
new_certs_dir = {folder}
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
"""


@dataclass(frozen=True, slots=True)
class Certificates:
    """Contexts for servers, and the file of the authority that vouches for all but `stranger`."""

    authority: Path
    good: ssl.SSLContext
    expired: ssl.SSLContext
    wrong_host: ssl.SSLContext
    stranger: ssl.SSLContext


def make_certificates(folder: Path) -> Certificates:
    """Make them with the `openssl` program, within `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "openssl.cnf"
    config.write_text(_CONFIG.format(folder=folder), "utf-8")
    (folder / "index.txt").write_text("", "utf-8")
    (folder / "serial").write_text("01\n", "utf-8")
    maker = _Maker(folder, config)
    maker.authority()
    return Certificates(
        folder / "authority.pem",
        maker.signed("good", _HERE),
        maker.signed("expired", _HERE, ("20200101000000Z", "20200201000000Z")),
        maker.signed("wrong_host", "DNS:elsewhere.example"),
        maker.stranger(),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    folder: Path
    config: Path

    def authority(self) -> None:
        is_one = ["-addext", "basicConstraints=critical,CA:TRUE"]
        self._run("req", "-x509", "-days", "30", *is_one, *self._new("authority"))

    def stranger(self) -> ssl.SSLContext:
        names = ["-addext", f"subjectAltName={_HERE}"]
        self._run("req", "-x509", "-days", "30", *names, *self._new("stranger"))
        return self._context("stranger")

    def signed(self, name: str, hosts: str, valid: tuple[str, str] | None = None) -> ssl.SSLContext:
        request = str(self.folder / f"{name}.csr")
        key = self._key(name)
        subject = ["-subj", f"/CN={name}", "-addext", f"subjectAltName={hosts}"]
        self._run("req", "-new", *key, *subject, "-out", request, "-config", str(self.config))
        days = ["-startdate", valid[0], "-enddate", valid[1]] if valid else ["-days", "30"]
        authority = ["-cert", str(self.folder / "authority.pem")]
        authority += ["-keyfile", str(self.folder / "authority.key")]
        files = ["-in", request, "-out", str(self.folder / f"{name}.pem")]
        config = ["-config", str(self.config)]
        self._run("ca", "-batch", "-notext", *config, *authority, *days, *files)
        return self._context(name)

    def _new(self, name: str) -> list[str]:
        out = ["-out", str(self.folder / f"{name}.pem"), "-config", str(self.config)]
        return [*self._key(name), "-subj", f"/CN={name}", *out]

    def _key(self, name: str) -> list[str]:
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
        return ["-nodes", *curve, "-keyout", str(self.folder / f"{name}.key")]

    def _context(self, name: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context

    def _run(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)
