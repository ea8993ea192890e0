"""Reading web pages: text, bounds, and addresses that lead where nobody may go."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme

from app.adapters.documents.reader import ChildDocumentReader
from app.adapters.documents.web_page import web_page_text
from app.adapters.tools.web import MOST_BYTES, Web
from app.adapters.tools.web_page import web_page
from app.core.network import Network, NetworkChoice, ProxyChoice
from tests.adapters.tools.calling import call, fault, told
from tests.adapters.tools.web_server import Site, answer, serving, with_site
from tests.proxies import proxying

PAGE = b"""<!doctype html><html><head><title>A  page</title><style>p{}</style></head><body>
<nav>Home</nav><h1>Heading</h1><p>One <b>bold</b> word &amp; more.</p><script>alert("x")</script>
<ul><li>first<li>second</ul><table><tr><td>a</td><td>b</td></tr></table>
<pre>x
  y</pre><p hidden>secret</p><a href="/next">on</a> <a href="javascript:x()">no</a></body></html>"""
PUBLIC = "93.184.215.14"


def open_to(site: Site, **how: Any) -> Web:
    return Web(allowed=lambda: [site.place], **how)


@with_site
async def test_a_page_as_text(site: Site, reader: ChildDocumentReader) -> None:
    site.put("/", PAGE)
    text = await told(web_page(open_to(site), reader), url=site.at("/"))
    assert text == (
        f"{site.at('/')}\n# A page\n\n# Heading\n\nOne bold word & more.\n\n- first\n- second\n\n"
        "a | b\n\nx\n  y\non no"
    )


@with_site
async def test_nothing_that_tells_of_the_person_is_sent(
    site: Site, reader: ChildDocumentReader
) -> None:
    site.put("/", PAGE, "text/html", "Set-Cookie: a=b")
    tool = web_page(open_to(site), reader)
    await told(tool, url=site.at("/"))
    await told(tool, url=site.at("/?q=ä b#part"))
    assert site.asked[1].startswith("GET /?q=%C3%A4%20b HTTP/1.1\r\n")
    names = [line.partition(":")[0].lower() for line in site.asked[1].split("\r\n")[1:] if line]
    assert names == ["host", "user-agent", "accept", "accept-encoding", "connection"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<nav>all <b>of it", "all of it"),
        ("<div hidden>until a script runs</div>", "until a script runs"),
        ("<main>short</main><p>more</p>", "short\n\nmore"),
        (f"<p>before</p><main>{'long ' * 200}</main><p>after</p>", ("long " * 200).strip()),
        ("<svg/><p>after</p><br hidden>it", "after\n\nit"),
        ("<p>a<!-- b --><![CDATA[c]]>d", "ad"),
        ("<script>var a = '<p>b</p>';</script>c", "c"),
        ("<img alt='a cat'><img src=x>", "[picture: a cat]"),
        ("<a href='http://[::1'>odd</a>", "odd"),
        ("</p></main></pre></nav>x", "x"),
        ("<h2>T</h2><dl><dt>a<dd>b</dl>", "## T\n\na\nb"),
        ("&#x202e;&nbsp;&lt;b&gt;&bogus;", "\u202e <b>&bogus;"),
        ("<div>" * 5000 + "deep", "deep"),
    ],
)
def test_what_is_read_of_a_page(html: str, text: str) -> None:
    assert web_page_text(html.encode(), "utf-8", "http://a.test/", links=True) == text


@with_site
async def test_a_page_of_scripts_alone(site: Site, reader: ChildDocumentReader) -> None:
    site.put("/", b"<html><div id=app></div><script>draw()</script></html>")
    assert "without its scripts" in await fault(web_page(open_to(site), reader), url=site.at())


@with_site
async def test_links_are_listed_when_wished_for(site: Site, reader: ChildDocumentReader) -> None:
    site.put("/", PAGE)
    text = await told(web_page(open_to(site), reader), url=site.at("/"), links=True)
    assert text.endswith(f"Links:\non <{site.at('/next')}>")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html; charset=gb2312", "<p>舷窗</p>".encode("gb18030")),
        ("text/html", "<meta charset=big5><p>舷窗</p>".encode("big5")),
        ("text/html; charset=nonsense", "<p>舷窗</p>".encode()),
        ("text/html; charset=base64", "<p>舷窗</p>".encode()),
        ("text/plain; charset=utf-16", "舷窗".encode("utf-16")),
        ("text/plain", "舷窗".encode("gb18030") * 1),
        ("application/octet-stream", "<html>舷窗".encode()),
    ],
)
@with_site
async def test_charsets(kind: str, body: bytes, site: Site, reader: ChildDocumentReader) -> None:
    site.put("/", body, kind)
    assert (await told(web_page(open_to(site), reader), url=site.at())).endswith("\n舷窗")


@with_site
async def test_pieces_of_a_long_text(site: Site, reader: ChildDocumentReader) -> None:
    site.put("/", b"0123456789" * 10, "text/plain")
    tool = web_page(open_to(site), reader)
    text = await told(tool, url=site.at(), start=5, length=10)
    assert text.endswith("5678901234\n[Characters 5 to 15 of 100. Go on with start=15.]")
    assert "it has 100 characters" in await told(tool, url=site.at(), start=100)


@with_site
async def test_more_than_the_limit_is_cut(site: Site, reader: ChildDocumentReader) -> None:
    site.pages["/"] = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n",
        *[b"a" * 100_000] * 40,
    ]
    text = await told(web_page(open_to(site), reader), url=site.at(), start=MOST_BYTES - 5)
    assert "aaaaa\n[Characters 2097147 to 2097152 of 2097152." in text
    assert "larger than 2 MB" in text


@with_site
async def test_a_packed_page_unpacks_within_the_limit(
    site: Site, reader: ChildDocumentReader
) -> None:
    site.put("/a", gzip.compress(b"words"), "text/plain", "Content-Encoding: gzip")
    site.put("/b", gzip.compress(b"a" * 50_000_000), "text/plain", "Content-Encoding: gzip")
    site.put("/c", b"junk", "text/plain", "Content-Encoding: gzip")
    site.put("/d", b"junk", "text/plain", "Content-Encoding: br")
    tool = web_page(open_to(site), reader)
    assert (await told(tool, url=site.at("/a"))).endswith("\nwords")
    assert "of 2097152" in await told(tool, url=site.at("/b"))
    assert "damaged" in await fault(tool, url=site.at("/c"))
    assert "packed in a way" in await fault(tool, url=site.at("/d"))


@pytest.mark.parametrize(
    "said",
    [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nless"],
)
@with_site
async def test_what_is_no_whole_answer(
    said: bytes, site: Site, reader: ChildDocumentReader
) -> None:
    site.pages["/"] = [said]
    assert "breaks off" in await fault(web_page(open_to(site), reader), url=site.at())


@with_site
async def test_other_answers(site: Site, reader: ChildDocumentReader) -> None:
    site.put("/picture", b"\x89PNG\r\n\x1a\n" + bytes(50), "text/html")
    site.put("/bytes", bytes(range(256)) * 50, "application/x-thing")
    site.put("/zip", b"PK\x03\x04junk", "application/zip")
    tool = web_page(open_to(site), reader)
    assert "leads to a picture" in await fault(tool, url=site.at("/picture"))
    assert "no text (application/x-thing)" in await fault(tool, url=site.at("/bytes"))
    assert "could not be read" in await fault(tool, url=site.at("/zip"))
    assert "404 Not Found: nothing here" in await fault(tool, url=site.at("/none"))


@with_site
async def test_a_server_that_is_silent(site: Site, reader: ChildDocumentReader) -> None:
    site.pages["/"] = [b"HTTP/1.1 200 OK\r\n\r\n", b"..."]
    tool = web_page(open_to(site, limit_s=0.2), reader)
    assert "within 0.2 seconds" in await fault(tool, url=site.at())


@with_site
async def test_a_page_made_to_hold_up_the_parser(
    site: Site, reader: ChildDocumentReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.adapters.documents.reader.CPU_LIMIT_S", 0.5)
    site.put("/", b"<!--" * 500_000)
    assert "slow_document" in await fault(web_page(open_to(site), reader), url=site.at())


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://LOCALHOST.:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f.1:{port}/",
        "http://0:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[64:ff9b::7f00:1]:{port}/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://168.63.129.16/",
        "http://100.100.100.200/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1%25lo]/",
    ],
)
@with_site
async def test_private_addresses_are_refused(
    address: str, site: Site, reader: ChildDocumentReader
) -> None:
    site.put("/", PAGE)
    said = await fault(web_page(Web(), reader), url=address.format(port=site.port))
    assert "private network" in said or "no host" in said
    assert not site.asked


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("file:///etc/passwd", "Only http"),
        ("ftp://example.org/", "Only http"),
        ("javascript:alert(1)", "Only http"),
        ("//example.org/", "Only http"),
        ("example.org", "Only http"),
        ("http://", "no host"),
        ("http:///path", "no host"),
        ("http://user:pass@example.org/", "password"),
        ("http://user@example.org/", "password"),
        ("http://example.org:99999/", "no address"),
        ("http://[::1/", "no address"),
        ("http://exa mple.org/", "no address"),
        ("http://example.org\r\nX-A: b/", "no address"),
        ("http://" + "a" * 300 + ".org/", "no host named"),
        ("http://ä" + "a" * 80 + ".org/", "no address"),
        ("http://no-such-host.invalid/", "no host named"),
    ],
)
@with_site
async def test_addresses_that_are_none(
    address: str, words: str, reader: ChildDocumentReader
) -> None:
    assert words in await fault(web_page(Web(), reader), url=address)


@with_site
async def test_redirects_are_followed_and_each_is_checked(
    site: Site, reader: ChildDocumentReader
) -> None:
    async with serving() as other:
        other.put("/", b"private", "text/plain")
        site.put("/end", b"arrived", "text/plain")
        site.pages["/"] = answer(b"", "x", "Location: /end?", status="302 Found")
        site.pages["/in"] = answer(b"", "x", f"Location: {other.at()}", status="301 Moved")
        site.pages["/file"] = answer(b"", "x", "Location: file:///etc/passwd", status="307 T")
        site.pages["/loop"] = answer(b"", "x", "Location: /loop", status="308 P")
        tool = web_page(open_to(site), reader)
        assert "arrived" in await told(tool, url=site.at())
        assert "private network" in await fault(tool, url=site.at("/in"))
        assert "Only http" in await fault(tool, url=site.at("/file"))
        assert "without an end" in await fault(tool, url=site.at("/loop"))
        assert not other.asked


@with_site
async def test_a_name_that_changes_its_address_is_looked_up_once(
    site: Site, reader: ChildDocumentReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public when it is looked at, and 127.0.0.1 when it would be connected to."""
    looked: list[str] = []
    opened: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        looked.append(host)
        return [PUBLIC] if len(looked) == 1 else ["127.0.0.1"]

    async def opening(host: str, *_: Any, **__: Any) -> Any:
        opened.append(host)
        raise OSError(113, "No route to host")

    monkeypatch.setattr(asyncio, "open_connection", opening)
    tool = web_page(Web(look=rebinding), reader)
    assert "No route to host" in await fault(tool, url=f"http://rebind.test:{site.port}/")
    assert (looked, opened) == (["rebind.test"], [PUBLIC])


@with_site
async def test_a_name_with_one_private_address_among_public_ones(
    reader: ChildDocumentReader,
) -> None:
    tool = web_page(Web(look=lambda *_: [PUBLIC, "192.168.0.9"]), reader)
    assert "private network" in await fault(tool, url="http://mixed.test/")


@pytest.mark.parametrize("kind", ["http", "socks5"])
@with_site
async def test_through_a_proxy_the_checked_address_is_asked_for(
    kind: Any, site: Site, reader: ChildDocumentReader
) -> None:
    site.put("/", b"by proxy", "text/plain")

    async def way(_address: str) -> Network:
        scheme = "http" if kind == "http" else "socks5h"
        choice = NetworkChoice(ProxyChoice.MANUAL, f"{scheme}://{proxy.place}", "me")
        return Network(choice, "secret")

    def look(host: str, _port: int) -> list[str]:
        if host == "unknown.test":
            raise OSError
        return ["192.168.0.9"] if host == "inside.test" else [PUBLIC]

    hosts = {PUBLIC: site.port, "named.test": site.port}
    async with proxying(kind, hosts, login=("me", "secret")) as proxy:
        tool = web_page(Web(way=way, look=look, allowed=lambda: ["named.test"]), reader)
        assert "private network" in await fault(tool, url="http://inside.test/")
        assert "can allow that host" in await fault(tool, url="http://unknown.test/")
        assert "by proxy" in await told(tool, url="http://named.test/")
        if kind == "http":  # the tests' SOCKS proxy takes names only
            assert "by proxy" in await told(tool, url="http://open.test/")
            assert proxy.asked == ["CONNECT named.test:80", f"CONNECT {PUBLIC}:80"]
    assert "secret" not in "".join(site.asked)


@with_site
async def test_secured_pages_and_whom_they_are_trusted_by(
    reader: ChildDocumentReader, tmp_path: Path
) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("page.test").configure_cert(context)
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    async with serving(context) as site, proxying("http", {"page.test": site.port}) as proxy:
        site.put("/", b"sealed", "text/plain")
        choice = NetworkChoice(ProxyChoice.MANUAL, f"http://{proxy.place}", ca_file=str(file))

        async def trusting(_address: str) -> Network:
            return Network(choice)

        async def doubting(_address: str) -> Network:
            return Network(NetworkChoice(ProxyChoice.MANUAL, f"http://{proxy.place}"))

        def web(way: Any) -> Web:
            return Web(way=way, allowed=lambda: ["page.test"])

        assert "sealed" in await told(web_page(web(trusting), reader), url="https://page.test/")
        doubted = await fault(web_page(web(doubting), reader), url="https://page.test/")
        assert "not trusted" in doubted
        assert len(site.asked) == 1


@with_site
async def test_a_secured_page_straight_and_through_a_secured_proxy(
    reader: ChildDocumentReader, tmp_path: Path
) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "page.test").configure_cert(context)
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    async with (
        serving(context) as site,
        proxying("http", {"page.test": site.port}, context=context) as proxy,
    ):
        site.put("/", b"sealed", "text/plain")

        async def way(_address: str) -> Network:
            choice = NetworkChoice(ProxyChoice.MANUAL, f"https://{proxy.place}", ca_file=str(file))
            return Network(choice)

        tool = web_page(Web(way=way, allowed=lambda: [site.place, "page.test"]), reader)
        assert "sealed" in await told(tool, url=site.at("/", "https"))
        assert proxy.asked == []
        assert "sealed" in await told(tool, url="https://page.test/")
        assert proxy.asked == ["CONNECT page.test:443"]


@with_site
async def test_cancelled_it_hangs_up(site: Site, reader: ChildDocumentReader) -> None:
    site.pages["/"] = [b"HTTP/1.1 200 OK\r\n\r\n", b"..."]
    tool = web_page(open_to(site), reader)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(call(tool, url=site.at()), 0.2)
