"""Owns the tests of prices read from messages as salespeople and buyers write them.

Must not test the terms around a price, nor the ladder; rounds and their ladder have tests of their own.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.negotiation.offered import Offered, OfferedPrice, Side
from app.negotiation.rounds import suggest_round

WRITTEN_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def told(text: str, before: str | None) -> str:
    """The prices ``text`` suggests after an offer of ``before``: ``1.95 from 1000, 1.85 from 3000``."""
    earlier = []
    if before:
        currency, price = before.split()
        prices = (OfferedPrice(Decimal(price)),)
        earlier = [Offered(side=Side.OURS, prices=prices, currency=currency, unit="pcs")]
    found = suggest_round(text, side=Side.THEIRS, made_at=WRITTEN_AT, earlier=earlier)
    return ", ".join(
        f"{price.amount.normalize():f}"
        + (f" from {price.min_quantity:f}" if price.min_quantity else "")
        for price in (found.offered.prices if found else ())
    )


@pytest.mark.parametrize(
    ("text", "before", "prices"),
    [
        ("500个以下3.5，500-1000个3.3，1000以上3.0 元", "CNY 3.6", "3.5, 3.3 from 500, 3 from 1000"),
        ("500个以下3.5，500-1000个3.3，1000以上3.0 元", None, "3.5, 3.3 from 500, 3 from 1000"),
        ("一万个8.5元，两万个8.2元", None, "8.5 from 10000, 8.2 from 20000"),
        ("2.1/2.0/1.9 for 500/1000/3000 pcs", "USD 1.98", "2.1 from 500, 2 from 1000, 1.9 from 3000"),
        ("$3.10 (500-999), $2.95 (1000-4999), $2.80 (5000+)", "USD 3.2", "3.1 from 500, 2.95 from 1000, 2.8 from 5000"),
        ("$3.10 (500-999)", None, "3.1 from 500"),
        ("三千个13块，五千个12块5，一万个12块", "CNY 13.5", "13 from 3000, 12.5 from 5000, 12 from 10000"),
        ("您好，这款杯子5000个起单价12.8，一万个起12.5，三万个起12.2，都是含13个点专票的", "CNY 13.5", "12.8 from 5000, 12.5 from 10000, 12.2 from 30000"),
        ("1-499个：3.6元；500-999个：3.4元；1000个以上：3.2元", None, "3.6 from 1, 3.4 from 500, 3.2 from 1000"),
        ("1000只以内4.2，1000到3000只4.0，3000只以上3.85", "CNY 3.6", "4.2, 4 from 1000, 3.85 from 3000"),
        ("量大从优：500套45元/套，1000套43元/套，3000套41.5元/套", None, "45 from 500, 43 from 1000, 41.5 from 3000"),
        ("两千以下13.8，两千到五千13.3，五千以上13", "CNY 13.5", "13.8, 13.3 from 2000, 13 from 5000"),
        ("不到1000个的话按3.8算，够1000个3.5，够3000个给你3.3", "CNY 3.6", "3.8, 3.5 from 1000, 3.3 from 3000"),
        ("满5000个13.1，满1万12.8", "CNY 13.5", "13.1 from 5000, 12.8 from 10000"),
        ("5千个13.2元，1w个12.8元，2w个12.5元", None, "13.2 from 5000, 12.8 from 10000, 12.5 from 20000"),
        ("十万只的话单价可以做到0.85元，五万只0.9元", None, "0.9 from 50000, 0.85 from 100000"),
        ("1000pcs 2.35美金，3000pcs 2.25美金，5000pcs以上2.18美金，FOB深圳", None, "2.35 from 1000, 2.25 from 3000, 2.18 from 5000"),
        ("价格：13.5（1000起）/13.0（5000起）/12.6（1万起）", "CNY 13.5", "13.5 from 1000, 13 from 5000, 12.6 from 10000"),
        ("13.5/13.0/12.6 对应 1000/5000/10000个", "CNY 13.5", "13.5 from 1000, 13 from 5000, 12.6 from 10000"),
        ("1000/3000/5000个分别是3.5/3.3/3.1元", None, "3.5 from 1000, 3.3 from 3000, 3.1 from 5000"),
        ("起订500，单价3.5元；1000以上3.3元", None, "3.5, 3.3 from 1000"),
        ("一千起3.5，三千起3.3，五千起3.15，不含税", "CNY 3.6", "3.5 from 1000, 3.3 from 3000, 3.15 from 5000"),
        ("500-999 pcs USD 3.30, 1000-2999 pcs USD 3.10, 3000 pcs and up USD 2.95", None, "3.3 from 500, 3.1 from 1000, 2.95 from 3000"),
        ("Below 500pcs $2.20, 500-1000pcs $2.10, above 1000pcs $1.95", None, "2.2, 2.1 from 500, 1.95 from 1000"),
        ("under 1000 pcs: 2.15, 1000 to 5000: 2.02, over 5000: 1.92", "USD 1.98", "2.15, 2.02 from 1000, 1.92 from 5000"),
        ("USD 2.05/1.95/1.85 for 1k/3k/5k pcs respectively", None, "2.05 from 1000, 1.95 from 3000, 1.85 from 5000"),
        ("1k - $2.05, 3k - $1.95, 5k - $1.88", None, "2.05 from 1000, 1.95 from 3000, 1.88 from 5000"),
        ("Prices: 1,000 pcs $2.05 | 3,000 pcs $1.95 | 5,000 pcs $1.88", None, "2.05 from 1000, 1.95 from 3000, 1.88 from 5000"),
        ("USD2.05@1000pcs, USD1.95@3000pcs, USD1.88@5000pcs", None, "2.05 from 1000, 1.95 from 3000, 1.88 from 5000"),
        ("Qty 500/1000/3000 - price 2.10/2.00/1.90 USD", "USD 1.98", "2.1 from 500, 2 from 1000, 1.9 from 3000"),
        ("500 / 1000 / 3000 pcs: $2.10 / $2.00 / $1.90", None, "2.1 from 500, 2 from 1000, 1.9 from 3000"),
        ("For 500 pcs it's $3.10, for a thousand $2.95 and for five thousand $2.80", None, "3.1 from 500, 2.95 from 1000, 2.8 from 5000"),
        ("Up to 2000 pcs 1.99, from 2001 pcs 1.89", "USD 1.98", "1.99, 1.89 from 2001"),
        ("1.95 up to 3000 pcs, 1.85 thereafter", "USD 1.98", "1.95, 1.85 from 3000"),
        ("less than 1000 sets - 12.50 USD, more than 1000 sets - 11.80 USD", None, "12.5, 11.8 from 1000"),
        ("$1.88 if you take 10,000; $1.95 if 5,000", "USD 1.98", "1.95 from 5000, 1.88 from 10000"),
        ("Our offer:\n1000 pcs  USD 2.05\n3000 pcs  USD 1.95\n5000 pcs  USD 1.88", None, "2.05 from 1000, 1.95 from 3000, 1.88 from 5000"),
        ("MOQ 1000: 2.05\n3000+: 1.95\n5000+: 1.88", "USD 1.98", "2.05, 1.95 from 3000, 1.88 from 5000"),
        ("$2.10 for 500 to 999 pcs and $1.98 for 1000 pcs or more", None, "2.1 from 500, 1.98 from 1000"),
        ("老板再少两毛，13.3我就定5000个", "CNY 13.5", "13.3 from 5000"),
        ("开模费8000，单价3.4，5000个起", "CNY 3.6", "3.4 from 5000"),
        ("你报13.5太高，能做13就下单，8000个", "CNY 13.5", "13 from 8000"),
        ("ok confirmed at 1.90 for 5000, 1.86 for 10000", "USD 1.98", "1.9 from 5000, 1.86 from 10000"),
        ("亲，这款100个以内5.8元，100到500个5.2元，500个以上4.8元包邮哦", None, "5.8, 5.2 from 100, 4.8 from 500"),
        ("一千套以上38块，五千套以上36块5", None, "38 from 1000, 36.5 from 5000"),
        ("报价如下：\n1000-2999个 13.2元\n3000-9999个 12.9元\n10000个以上 12.6元", "CNY 13.5", "13.2 from 1000, 12.9 from 3000, 12.6 from 10000"),
        ("数量500/1000/2000，价格4.5/4.3/4.1，人民币不含税", None, "4.5 from 500, 4.3 from 1000, 4.1 from 2000"),
        ("2万件的话能做到6.3，1万件6.5，5千件6.8", None, "6.8 from 5000, 6.5 from 10000, 6.3 from 20000"),
        ("王总，您这边五千个我给您12.9，八千个12.7，不能再低了", "CNY 13.5", "12.9 from 5000, 12.7 from 8000"),
        ("小于1000件：USD2.20；大于等于1000件：USD2.05", None, "2.2, 2.05 from 1000"),
        ("照上次的价13.2给你，不过要10000个起", "CNY 13.5", "13.2 from 10000"),
        ("三千个以下不做，五千个13.4", "CNY 13.5", "13.4 from 5000"),
        ("10000个 × 12.8元 = 128000元", "CNY 13.5", "12.8 from 10000"),
        ("定金30%，尾款发货前付清，12.9元5000个，这个价可以吧", "CNY 13.5", "12.9 from 5000"),
        ("12.8可以，但要两万个", "CNY 13.5", "12.8 from 20000"),
        ("Dear, for 300pcs the unit price is $4.85, for 500pcs is $4.60, for 1000pcs is $4.35. EXW.", None, "4.85 from 300, 4.6 from 500, 4.35 from 1000"),
        ("100-299: $5.80/pc; 300-999: $5.40/pc; 1000 or more: $5.10/pc", None, "5.8 from 100, 5.4 from 300, 5.1 from 1000"),
        ("Price break: 250 @ $6.10, 500 @ $5.75, 1k @ $5.40", None, "6.1 from 250, 5.75 from 500, 5.4 from 1000"),
        ("$1.92 for 5K, $1.85 for 10K and $1.78 for 20K. let me know", "USD 1.98", "1.92 from 5000, 1.85 from 10000, 1.78 from 20000"),
        ("FOB Shenzhen: 500 sets - US$18.50, 1,000 sets - US$17.80, 2,000 sets - US$17.20", None, "18.5 from 500, 17.8 from 1000, 17.2 from 2000"),
        ("2.10, 2.00 and 1.90 for 500, 1000 and 3000 pcs", "USD 1.98", "2.1 from 500, 2 from 1000, 1.9 from 3000"),
        ("Smaller than 1000 pcs we charge 2.15, otherwise 1.98", "USD 1.98", "2.15, 1.98 from 1000"),
        ("up to 499 pcs $2.30 each / 500 and above $2.12 each", None, "2.3, 2.12 from 500"),
        ("1.95 (3,000 pcs) or 1.89 (5,000 pcs)", "USD 1.98", "1.95 from 3000, 1.89 from 5000"),
        ("USD 0.42/m for 10,000 m, USD 0.40/m for 20,000 m", None, "0.42 from 10000, 0.4 from 20000"),
        ("We will take 4000 at 1.93 and another 4000 in June at the same price", "USD 1.98", "1.93 from 4000"),
        ("Sorry we can't accept 1.80, our bottom line is 1.88 with 10k pcs", "USD 1.98", "1.88 from 10000"),
        ("USD 1.93/PC BASED ON 5000PCS, USD 1.99/PC BASED ON 2000PCS", "USD 1.98", "1.99 from 2000, 1.93 from 5000"),
        ("Best I can do: 1,90 € / piece ex works (5.000 pcs)", "EUR 2.1", "1.9 from 5000"),
        ("亲，起批量200个，单价4.5；500个4.3；1000个4.0", None, "4.5 from 200, 4.3 from 500, 4 from 1000"),
        ("您要的数量三千只，我们可以给到3.45元/只", "CNY 3.6", "3.45 from 3000"),
        ("五百套以内48元，五百到一千套46元，一千套以上44.5元", None, "48, 46 from 500, 44.5 from 1000"),
        ("按5000个的量，12.9；按10000个的量，12.6", "CNY 13.5", "12.9 from 5000, 12.6 from 10000"),
        ("5K 12.9 10K 12.6 20K 12.3", "CNY 13.5", "12.9 from 5000, 12.6 from 10000, 12.3 from 20000"),
        ("价格阶梯：≥1000 3.4元，≥3000 3.25元，≥5000 3.1元", "CNY 3.6", "3.4 from 1000, 3.25 from 3000, 3.1 from 5000"),
        ("七块八一个，一万个起", None, "7.8 from 10000"),
        ("12.9*5000=64500", "CNY 13.5", "12.9 from 5000"),
        ("Tier 1: 1-499 pcs $4.20; Tier 2: 500-1999 pcs $3.90; Tier 3: 2000+ pcs $3.60", None, "4.2 from 1, 3.9 from 500, 3.6 from 2000"),
        ("$4.20/pc @ 500, $3.90/pc @ 2,000", None, "4.2 from 500, 3.9 from 2000"),
        ("We quote 2.05 USD for 1000, 1.95 USD for 3000 and 1.88 USD for 5000 pieces.", None, "2.05 from 1000, 1.95 from 3000, 1.88 from 5000"),
        ("If you order more than 5000 pcs, we can offer USD 1.88; less than that USD 1.99", "USD 1.98", "1.99, 1.88 from 5000"),
        ("minimum 1000 pcs at 2.05", "USD 1.98", "2.05 from 1000"),
        ("What about 1.87 for a first order of 6,000?", "USD 1.98", "1.87 from 6000"),
        ("1,95 €/Stück bei 5000 Stück", "EUR 2.1", "1.95 from 5000"),
        ("李总，1000个3.5，2000个3.4，5000个以上3.2，您看可以吗", "CNY 3.6", "3.5 from 1000, 3.4 from 2000, 3.2 from 5000"),
        ("我司报价：300-999套 USD 12.80；1000-2999套 USD 12.20；3000套及以上 USD 11.80，FOB宁波，有效期15天", None, "12.8 from 300, 12.2 from 1000, 11.8 from 3000"),
        ("一万以下按13.4，一万以上13", "CNY 13.5", "13.4, 13 from 10000"),
        ("数量上两万的话，单价能给到12.2", "CNY 13.5", "12.2 from 20000"),
        ("八千个我给你算12.8", "CNY 13.5", "12.8 from 8000"),
        ("10000pcs, FOB 1.85; 5000pcs, FOB 1.92", "USD 1.98", "1.92 from 5000, 1.85 from 10000"),
        ("Price list: 100pcs-$5.20 300pcs-$4.90 500pcs-$4.60", None, "5.2 from 100, 4.9 from 300, 4.6 from 500"),
        ("quantity 500 unit price $4.60, quantity 1000 unit price $4.35", None, "4.6 from 500, 4.35 from 1000"),
        ("$4.60 ea (500 pcs min), $4.35 ea (1000 pcs min)", None, "4.6 from 500, 4.35 from 1000"),
        ("Under 3k units it's 2.02 each, 3k and above 1.94 each", "USD 1.98", "2.02, 1.94 from 3000"),
        ("1.95 for the first 5000, 1.88 for everything after that", "USD 1.98", "1.95, 1.88 from 5000"),
        ("price per set: 12.5 USD (100 sets), 11.9 USD (300 sets), 11.2 USD (500+ sets)", None, "12.5 from 100, 11.9 from 300, 11.2 from 500"),
        ("Let us close at USD 1.89 per piece, 12,000 pcs, 30/70 TT", "USD 1.98", "1.89 from 12000"),
        ("1.95$ for 3.000 pcs, 1.89$ for 5.000 pcs", "USD 1.98", "1.95 from 3000, 1.89 from 5000"),
    ],
)  # fmt: skip
def test_steps_of_a_price_are_read_with_their_quantities(
    text: str, before: str | None, prices: str
) -> None:
    assert told(text, before) == prices


@pytest.mark.parametrize(
    ("text", "before", "prices"),
    [
        ("Last year we paid 1.95, now 2.05", "USD 1.98", "2.05"),
        ("We bought at 1.85 last time, now you ask 2.05. Can you do 1.90?", "USD 1.98", "1.9"),
        ("Previous order was 1.92, raw material went up, so the new price is 2.05", "USD 1.98", "2.05"),
        ("In 2025 the price was $1.88, today it's $1.97", "USD 1.98", "1.97"),
        ("去年是12.8，今年涨到13.2了", "CNY 13.5", "13.2"),
        ("去年我们拿的是12.8元，今年能不能还按12.8？", "CNY 13.5", "12.8"),
        ("上次12.5，这次12.9", "CNY 13.5", "12.9"),
        ("以前给你们都是13，现在铜价涨了，最低13.4", "CNY 13.5", "13.4"),
        ("The old price of $2.10 is gone, the new one is $2.22", "USD 1.98", "2.22"),
        ("price has gone from 1.90 to 2.02", "USD 1.98", "2.02"),
        ("单价由13.5调整为13.1", "CNY 13.5", "13.1"),
        ("原价15，现价13.2", "CNY 13.5", "13.2"),
        ("We used to buy this at 1.75. Now we can pay 1.85 max.", "USD 1.98", "1.85"),
        ("It was $2.40 before, I can give you $2.20 now.", None, "2.2"),
        ("the price went up from $1.95 to $2.05 because of cotton", "USD 1.98", "2.05"),
        ("bro 1.9 last price ok?", "USD 1.98", "1.9"),
        ("ok 1.92 deal, pls send PI", "USD 1.98", "1.92"),
        ("Can u make it 1.85? I take 2 x 40HQ", "USD 1.98", "1.85"),
        ("13.2行不行，行的话今天就付定金", "CNY 13.5", "13.2"),
        ("13一口价，不行就算了", "CNY 13.5", "13"),
        ("Meet me in the middle: 1.91", "USD 1.98", "1.91"),
        ("We can accept $1.93/pc FOB Ningbo if you pay 50% deposit", "USD 1.98", "1.93"),
        ("our customer only accept 1.80 so we need 1.72 from you", "USD 1.98", "1.72"),
        ("Sample cost is $50, refundable after order. Unit price stays $1.95.", "USD 1.98", "1.95"),
        ("Freight to Hamburg is USD 2,300 per 40HQ, goods 1.95/pc", "USD 1.98", "1.95"),
        ("Mould fee 8000元，单价3.4元", "CNY 3.6", "3.4"),
        ("Add $0.05 for the gift box, so 2.00 total per piece", "USD 1.98", "2"),
        ("每个加0.3元彩盒，合计13.8元/个", "CNY 13.5", "13.8"),
        ("Weight is 0.35 kg, size 12.5 cm, price 1.95", "USD 1.98", "1.95"),
        ("We'd need 1.80-1.85 to close", "USD 1.98", "1.8"),
        ("上个月给别的客户是12.6，你这边我按12.8", "CNY 13.5", "12.8"),
        ("去年同期价格3.2，今年原料涨价，现在3.5了", "CNY 3.6", "3.5"),
        ("价格维持去年的13.5不变", "CNY 13.5", "13.5"),
        ("之前13.8，后来13.5，这次最低13.1", "CNY 13.5", "13.1"),
        ("比上次贵了0.3，13.8", "CNY 13.5", "13.8"),
        ("单价13元，另外模具费3000元", "CNY 13.5", "13"),
        ("运费1200元我们出一半，单价还是13.3", "CNY 13.5", "13.3"),
        ("13元含运费到义乌", "CNY 13.5", "13"),
        ("客户只能接受1.75美金", "USD 1.98", "1.75"),
        ("十二块八，不能再少了", "CNY 13.5", "12.8"),
        ("we were paying 1.92 to our old supplier, can you do 1.88?", "USD 1.98", "1.88"),
        ("My last order with you was at 1.90. Why 2.05 now? I can pay 1.95 maximum", "USD 1.98", "1.95"),
        ("2024: 1.80, 2025: 1.88, now 1.97", "USD 1.98", "1.97"),
        ("same price as last year: $1.95", "USD 1.98", "1.95"),
        ("We can hold last year's price of USD 1.95 for orders before May 31", "USD 1.98", "1.95"),
        ("price increased by $0.08 to $2.03", "USD 1.98", "2.03"),
        ("reduced from USD 2.10 to USD 1.99, valid 7 days", "USD 1.98", "1.99"),
        ("The sample fee is USD 30 and the courier USD 25; bulk price USD 1.96", "USD 1.98", "1.96"),
        ("Sea freight about $3200/40HQ at the moment. CIF price 2.14", "USD 1.98", "2.14"),
        ("Price 1.95 plus 0.08 for the printed box", "USD 1.98", "1.95"),
        ("I was hoping for something like 1.85?", "USD 1.98", "1.85"),
        ("Not 1.95, I said 1.90!!", "USD 1.98", "1.9"),
        ("they offered me 1.82, you 1.95... give me 1.85 and its yours", "USD 1.98", "1.85"),
        ("1.9 dollars, 3 containers, cash. yes or no", "USD 1.98", "1.9"),
        ("carton 60x40x35cm, 24pcs/ctn, 12.5kg, price 1.97", "USD 1.98", "1.97"),
        ("13.5 → 13.0 可以吗", "CNY 13.5", "13"),
        ("前两年都是12.5，今年13.2起", "CNY 13.5", "13.2"),
        ("上次那批是13.0，这次量大，12.7行吗", "CNY 13.5", "12.7"),
        ("原价13.8，现在活动价12.9", "CNY 13.5", "12.9"),
        ("13.5降到13吧", "CNY 13.5", "13"),
        ("再降5毛，13块，我马上下单", "CNY 13.5", "13"),
        ("老客户了，12.5给我吧，别墨迹", "CNY 13.5", "12.5"),
        ("13.2含税含运，可以马上安排", "CNY 13.5", "13.2"),
        ("这款吊牌价39.9，出厂价13.2", "CNY 13.5", "13.2"),
        ("样品150元一个，大货13.3", "CNY 13.5", "13.3"),
        ("美金1.85，人民币12.9", "CNY 13.5", "12.9"),
        ("Our previous supplier charged 1.78 but quality was bad. We can pay 1.88.", "USD 1.98", "1.88"),
        ("Price last order: USD 1.90. New price: USD 1.99.", "USD 1.98", "1.99"),
        ("Prices have risen 5%, so 1.90 becomes 2.00", "USD 1.98", "2"),
        ("Can you shave off 5 cents? 1.93 would work", "USD 1.98", "1.93"),
        ("Retail price here is 5.99 so I need landed cost below 2.50, your FOB must be 1.80", "USD 1.98", "1.8"),
        ("USD 1.95 / pc incl. gift box (+$0.15)", "USD 1.98", "1.95"),
        ("Best price 1.92 / pc, sample $35, mold $1,200", "USD 1.98", "1.92"),
        ("ok 1.9", "USD 1.98", "1.9"),
        ("去年给你们的价是12.9，材料涨了6%，今年最低13.4", "CNY 13.5", "13.4"),
        ("上回12.6，这回还是12.6吧", "CNY 13.5", "12.6"),
        ("彩盒另加0.35元，裸价12.9", "CNY 13.5", "12.9"),
        ("模具费1.2万，单价4.5元，5000起订", "CNY 3.6", "4.5"),
        ("客户那边压到1.7美金，我们没利润，您给个12.2", "CNY 13.5", "12.2"),
        ("13太低了，13.3怎么样", "CNY 13.5", "13.3"),
        ("可以的，12.9成交，先打30%定金", "CNY 13.5", "12.9"),
        ("2023 we paid 1.72, 2024 1.80, so 1.98 is way too much. 1.85 is fair.", "USD 1.98", "1.85"),
        ("Your offer of 1.98 vs our target 1.80, let's say 1.88", "USD 1.98", "1.88"),
        ("I know you sold to Ahmed at 1.82. Same price for me please", "USD 1.98", "1.82"),
        ("Sample: $30. Bulk: $1.94. Lead time 30 days.", "USD 1.98", "1.94"),
        ("we can go up to 1.92 but not more", "USD 1.98", "1.92"),
        ("I can go 1.90 max if you include 2% spare parts", "USD 1.98", "1.9"),
        ("unit cost 1.60 + 15% = 1.84", "USD 1.98", "1.84"),
        ("Commission 3% included, price 2.01", "USD 1.98", "2.01"),
        ("The new price will be 2.05 from May 1st", "USD 1.98", "2.05"),
    ],
)  # fmt: skip
def test_the_price_put_forward_is_told_from_those_only_mentioned(
    text: str, before: str | None, prices: str
) -> None:
    assert told(text, before) == prices


@pytest.mark.parametrize(
    ("text", "before", "prices"),
    [
        ("Last year we paid USD 1.95, this year your price is up to 2.05?", "USD 1.98", ""),
        ("We need 3% discount on 1.98", "USD 1.98", ""),
        ("Your competitor quoted 1.82. Match it?", "USD 1.98", ""),
        ("别家12.9都给我做了", "CNY 13.5", ""),
        ("每个再便宜0.2元，我们就下20000个", "CNY 13.5", ""),
        ("你这个比1688上还贵，人家才11.8", "CNY 13.5", ""),
        ("总价64500元，5000个", "CNY 13.5", ""),
        ("We have been buying at 1.85 for two years", "USD 1.98", ""),
        ("Give me $0.10 discount per piece and it's a deal", "USD 1.98", ""),
        ("we paid $2.10 incl freight last time, now 2.05 fob is too high", "USD 1.98", ""),
    ],
)  # fmt: skip
def test_what_others_ask_and_by_how_much_a_price_should_move_is_no_offer(
    text: str, before: str | None, prices: str
) -> None:
    assert told(text, before) == prices


def test_what_is_done_first_is_a_quantity_even_near_the_price_before() -> None:
    assert told("先做2000", "CNY 1800") == ""
    assert told("12.8可以，先做2000", "CNY 13.5") == "12.8 from 2000"
    assert told("先做12.8", "CNY 13.5") == "12.8"


def test_a_least_quantity_is_read_in_spanish_and_a_least_price_is_none() -> None:
    found = suggest_round("4,20 USD el par, mínimo 600 pares", side=Side.THEIRS, made_at=WRITTEN_AT)
    assert found is not None
    assert (found.offered.moq, found.offered.unit) == (Decimal(600), "pair")
    lowest = suggest_round("precio mínimo 3,50 USD", side=Side.THEIRS, made_at=WRITTEN_AT)
    assert lowest is not None
    assert lowest.offered.moq is None


def test_an_accepted_price_in_german_is_the_price_apiece() -> None:
    assert told("3,45 €/Stück is ok", "EUR 3.6") == "3.45"
