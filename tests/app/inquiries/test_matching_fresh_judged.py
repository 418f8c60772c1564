"""Matching judged on wordings nobody tuned it for: of the makers named, one is among the first three.

The lines were written from the suppliers' main products alone, before the matching was asked.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.desk import Desk
from app.inquiries.service import InquiryDraft

GOAL = 0.80
FIRST = 3

FRESH = (
    ("double wall stainless steel coffee tumbler 16oz", "澜竹 屿舟 瑞栖 鹏玖"),
    ("borosilicate glass storage jar with lid", "晶澜 晟璧"),
    ("kids school backpack 16 inch", "七牧 行赫"),
    ("door lock with keys, zinc alloy", "龙栝"),
    ("terry bath towel 70x140 cm 500gsm", "巾汐"),
    ("artificial Christmas tree 180 cm", "圣黛 香苒"),
    ("wall clock 30 cm silent", "钟尚"),
    ("makeup brush set 12 pcs", "妆绮"),
    ("microfiber cleaning cloth 40x40", "洁岑"),
    ("melamine dinner plates for kids", "晟昶"),
    ("power bank 10000mAh with cable", "畅袅"),
    ("shower head with hose, chrome", "瀚沐"),
    ("防水浴帘 180x200", "蓝谷"),
    ("女士睡衣套装 纯棉", "帕妃"),
    ("跳绳 带计数器", "佳栅"),
    ("bed sheet set queen size cotton", "棉榕"),
)


@pytest.fixture(scope="module")
def own_sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The sample book, to be added to."""
    folder = tmp_path_factory.mktemp("fresh")
    opened = Desk(folder / "book", create=True, cache=folder / "cache")
    opened.load_sample()
    yield opened
    opened.close()


def test_fresh_wordings_find_a_maker(own_sample: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"wording": wording} for wording, _ in FRESH]
    inquiry = own_sample.inquiries.add(InquiryDraft(buyer="Fresh", lines=lines))
    own_sample.search.rebuild()
    found = own_sample.matching.match(inquiry, limit=FIRST)
    missed = [
        line.wording
        for line, (_, makers) in zip(found, FRESH, strict=True)
        if not any(maker in m.supplier for m in line.candidates for maker in makers.split())
    ]
    rate = 1 - len(missed) / len(FRESH)
    with capsys.disabled():
        print(f"\nfresh wordings: {len(FRESH)} lines, {rate:.0%} found; missed {missed}")
    assert rate >= GOAL
