"""Owns social networks in headings and web addresses: whose page a link is.

A page there is a way to reach somebody, never a company's website. Must not read other cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_NETWORKS = {
    "Facebook": r"facebook|(?<!\w)fb(?!\w)",
    "Instagram": r"instagram|(?<!\w)insta?(?!\w)",
    "X": r"twitter|(?<![\w.])x\.com|(?<!\w)t\.co(?!\w)",
    "YouTube": r"youtube|youtu\.be|(?<!\w)yt(?!\w)",
    "TikTok": r"tik ?tok|douyin|抖音",
    "Pinterest": r"pinterest",
    "VK": r"(?<!\w)vk(?:ontakte|\.com)?(?!\w)|вконтакте",
    "Weibo": r"weibo|微博",
    "WeChat": r"weixin\.qq\.com|wechat\.com",
    "Xiaohongshu": r"xiaohongshu|小红书",
    "LinkedIn": r"linked ?in",
}
_PATTERNS = {name: re.compile(words, re.IGNORECASE) for name, words in _NETWORKS.items()}
_HOST = re.compile(r"(?:https?://)?([^/?#\s]+)", re.IGNORECASE)


def network_of(link: str) -> str | None:
    """The network on whose pages ``link`` leads; ``None`` for a website of one's own."""
    host = _HOST.match(link)
    return network_named(host[1]) if host is not None and "." in host[1] else None


def network_named(text: str) -> str | None:
    """The network that ``text`` names."""
    return next((name for name, words in _PATTERNS.items() if words.search(text)), None)


def parted_links(links: Iterable[str]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The websites among ``links``, and the others with their networks."""
    named = [(link, network_of(link)) for link in links]
    own = tuple(link for link, network in named if network is None)
    return own, tuple((link, network) for link, network in named if network is not None)
