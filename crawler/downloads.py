"""Scrapy's download over aiohttp, with a resolver that gives out public addresses only.

The check stands where the connection is made: an address that was checked is the one that is connected to, so that a
name cannot answer twice and differently.
"""

import socket
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.crawler import Crawler

from crawler.addresses import is_public


class PrivateAddressError(OSError):
    """A name leads into a private network."""


class PublicResolver(AbstractResolver):
    """Resolves as the system does and refuses a name any of whose addresses is not public."""

    def __init__(self) -> None:
        self._system = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name. Raises `PrivateAddressError`, or `OSError` when there is no such name."""
        found = await self._system.resolve(host, port, family)
        private = [each["host"] for each in found if not is_public(each["host"])]
        if private:
            raise PrivateAddressError(f"`{host}` leads to {', '.join(private)}")
        return found

    async def close(self) -> None:
        await self._system.close()


class PublicDownloadHandler(AiohttpDownloadHandler):
    """The handler of a crawl: one connection a host, to public addresses unless private ones are allowed."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unguarded = self._session
        resolver = None if crawler.settings.getbool("CRAWL_PRIVATE_ADDRESSES") else PublicResolver()
        # `limit_per_host` is one: what is not asked for by turns does not go out.
        connector = aiohttp.TCPConnector(resolver=resolver, limit=0, limit_per_host=1, use_dns_cache=False)
        self._session: Any = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
        )

    async def close(self) -> None:
        await self._unguarded.close()
        await super().close()
