"""Owns generated books of any size with the vocabulary of the trade: long-tailed, in two languages.

Deterministic for a seed. Must not touch a database: it yields plain records, which benchmarks turn
into search documents or rows.
"""

from __future__ import annotations

import itertools
import random
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.search.documents import KINDS, Card, Key, SearchDocument

_CITIES = (
    "宁波:Ningbo 义乌:Yiwu 深圳:Shenzhen 广州:Guangzhou 东莞:Dongguan 佛山:Foshan 温州:Wenzhou "
    "杭州:Hangzhou 永康:Yongkang 台州:Taizhou 中山:Zhongshan 厦门:Xiamen 泉州:Quanzhou 青岛:Qingdao "
    "上海:Shanghai 苏州:Suzhou 无锡:Wuxi 常州:Changzhou 绍兴:Shaoxing 金华:Jinhua 汕头:Shantou "
    "潮州:Chaozhou 惠州:Huizhou 江门:Jiangmen 揭阳:Jieyang 福州:Fuzhou 晋江:Jinjiang 嘉兴:Jiaxing "
    "慈溪:Cixi 余姚:Yuyao 天津:Tianjin 石家庄:Shijiazhuang 沧州:Cangzhou 临沂:Linyi 潍坊:Weifang "
    "济南:Jinan 郑州:Zhengzhou 武汉:Wuhan 长沙:Changsha 成都:Chengdu 重庆:Chongqing 大连:Dalian"
)
_NAME_CHARACTERS = (
    "华宏达明新美德信诚盛泰瑞丰恒远东方金鑫佳亿利兴旺和顺通海天地龙凤康宁安平永长久福禄寿喜光辉"
    "星月创世纪博雅科源泽润嘉益百千万博奥杰英伦威力士凯乐欣怡雅致尚品良艺优胜卓越先锋建元"
)
_TRADES = (
    "电器:Electric 五金:Hardware 塑料:Plastic 灯饰:Lighting 家居:Houseware 工艺品:Crafts 服装:Garment "
    "纺织:Textile 箱包:Bags 玩具:Toys 机械:Machinery 电子:Electronics 包装:Packaging 厨具:Kitchenware "
    "文具:Stationery 化工:Chemical 医疗器械:Medical 汽配:Auto_Parts 家具:Furniture 陶瓷:Ceramics "
    "进出口:Import_&_Export 贸易:Trading 实业:Industrial 科技:Technology 制品:Products 日用品:Commodity"
)
_GOODS = (
    "保温杯:vacuum flask|不锈钢保温杯:stainless steel thermos|硅胶铲:silicone spatula|灯带:LED strip light|"
    "螺丝:screw|螺栓:hex bolt|毛巾:bath towel|雨伞:folding umbrella|背包:backpack|水壶:kettle|剪刀:scissors|"
    "钳子:pliers|扳手:wrench|太阳能灯:solar lamp|充电宝:power bank|数据线:USB cable|耳机:earphone|音箱:speaker|"
    "手机壳:phone case|帐篷:camping tent|睡袋:sleeping bag|折叠椅:folding chair|餐具:cutlery set|盘子:dinner plate|"
    "玻璃杯:glass tumbler|马克杯:ceramic mug|砧板:cutting board|菜刀:kitchen knife|平底锅:frying pan|高压锅:pressure cooker|"
    "电热水壶:electric kettle|吹风机:hair dryer|剃须刀:shaver|牙刷:toothbrush|梳子:comb|镜子:makeup mirror|地毯:carpet|"
    "窗帘:curtain|床单:bed sheet|枕头:pillow|被子:quilt|拖鞋:slippers|袜子:socks|手套:gloves|围巾:scarf|帽子:cap|"
    "T恤:T-shirt|牛仔裤:jeans|夹克:jacket|运动鞋:sneakers|瑜伽垫:yoga mat|哑铃:dumbbell|跳绳:jump rope|自行车:bicycle|"
    "滑板:skateboard|积木:building blocks|毛绒玩具:plush toy|拼图:puzzle|气球:balloon|圣诞树:Christmas tree|蜡烛:candle|"
    "相框:photo frame|花瓶:vase|时钟:wall clock|手表:watch|项链:necklace|耳环:earrings|戒指:ring|发夹:hair clip|"
    "笔记本:notebook|圆珠笔:ballpoint pen|胶带:adhesive tape|纸箱:carton|塑料袋:plastic bag|标签:label|水泵:water pump|"
    "阀门:valve|轴承:bearing|电机:motor|开关:switch|插座:socket|电线:electric wire|灯泡:LED bulb|路灯:street lamp|"
    "摄像头:security camera|门锁:door lock|水龙头:faucet|花洒:shower head|马桶:toilet|瓷砖:ceramic tile|木地板:wood flooring|"
    "油漆:paint|砂纸:sandpaper|电钻:power drill|角磨机:angle grinder|锯片:saw blade|轮胎:tyre|刹车片:brake pad|雨刮器:wiper blade|"
    "口罩:face mask|体温计:thermometer|轮椅:wheelchair|血压计:blood pressure monitor|宠物床:pet bed|猫砂:cat litter|狗绳:dog leash"
)
_MATERIALS = (
    "304不锈钢:304 stainless steel|硅胶:silicone|ABS塑料:ABS|铝合金:aluminium alloy|竹:bamboo|陶瓷:ceramic|玻璃:glass|"
    "棉:cotton|涤纶:polyester|PU皮:PU leather|碳钢:carbon steel|黄铜:brass|PP:PP|PVC:PVC|橡胶:rubber|木:wood|锌合金:zinc alloy"
)
_ADJECTIVES = (
    "便携:portable|折叠:foldable|防水:waterproof|定制:custom|热销:hot sale|批发:wholesale|户外:outdoor|家用:household|"
    "儿童:kids|迷你:mini|大容量:large capacity|环保:eco friendly|可充电:rechargeable|无线:wireless|智能:smart|加厚:thickened|"
    "双层:double wall|可调节:adjustable|防滑:anti slip|新款:new design|高品质:high quality|创意:creative|礼品:gift|旅行:travel"
)
_SURNAMES = "李:Li 王:Wang 张:Zhang 刘:Liu 陈:Chen 杨:Yang 黄:Huang 赵:Zhao 周:Zhou 吴:Wu 徐:Xu 孙:Sun 朱:Zhu 马:Ma 胡:Hu 林:Lin 郭:Guo 何:He 高:Gao 罗:Luo 郑:Zheng 梁:Liang 谢:Xie 宋:Song 唐:Tang 许:Xu 韩:Han 冯:Feng 邓:Deng 曹:Cao 单:Shan 曾:Zeng"
_GIVEN = "明朗伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛超霞平刚桂玲文辉建国红梅晓东志华海燕春丹雪峰俊浩宇欣怡佳琪子涵梓轩思远雨晨"
_SYLLABLES = [
    "an",
    "bar",
    "cel",
    "dor",
    "el",
    "fan",
    "gra",
    "hel",
    "in",
    "jo",
    "kel",
    "lum",
    "mar",
    "nor",
    "ol",
    "pra",
    "qui",
    "ros",
    "sil",
    "tor",
    "un",
    "vel",
    "wes",
    "xan",
    "yor",
    "zen",
    "tri",
    "bel",
    "cam",
    "del",
    "fer",
    "gal",
]
_COMMON_ENGLISH = (
    "the|and|for|with|our|price|quality|order|delivery|sample|carton|please|send|best|"
    "days|payment|shipment|product|colour|size|logo|packing|minimum|quantity|material|"
    "available|competitive|quotation|confirm"
)
_COMMON_CHINESE = "我们|产品|价格|质量|交货|样品|客户|订单|包装|付款|数量|颜色|规格|工厂|报价|尺寸|材质|认证|设备|经验"
_BY_SOUND = (
    "baowenbei|bwb|buxiugang|ningbo|ningbohongda|nbhd|ningbo hd|liminglang|lml|wangwei|zw|"
    "shenzhen|yiwu|guijiaochan|gjc|luosi|yusan|beibao|jiandao|dengdai|taiyangneng|"
    "chongdianbao|shujuxian|erji|xiamen|chongqing|dongguan|mingda"
)
_SHORT = "有限公司|co., ltd|s|a|1|钢|杯|e|公司|no|led strip light 5m|304|M8螺丝|LED灯带|500ml|不銹鋼保溫杯|ＬＥＤ灯带"
_COUNTRIES = [
    "CN",
    "US",
    "DE",
    "GB",
    "FR",
    "IN",
    "BR",
    "MX",
    "RU",
    "AE",
    "SA",
    "ZA",
    "NG",
    "KE",
    "AU",
    "JP",
    "KR",
    "VN",
    "TH",
    "ID",
    "MY",
    "PH",
    "TR",
    "PL",
    "ES",
    "IT",
    "NL",
    "CL",
    "CO",
    "PE",
]
_RARE_CHARACTERS = [chr(point) for point in range(0x4E00, 0x5A00)]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many records of each kind."""

    suppliers: int
    products: int
    messages: int
    contacts: int = 0
    buyers: int = 0

    @property
    def total(self) -> int:
        """All records."""
        return self.suppliers + self.products + self.messages + self.contacts + self.buyers


SMALL = Sizes(suppliers=250, products=600, messages=100, contacts=40, buyers=10)
MIDDLE = Sizes(suppliers=22_000, products=66_000, messages=11_000, contacts=900, buyers=100)
LARGE = Sizes(suppliers=100_000, products=300_000, messages=50_000)


def _pairs(text: str, separator: str) -> list[tuple[str, str]]:
    entries = (entry.partition(":") for entry in text.split(separator))
    return [(zh.strip(), en.strip().replace("_", " ")) for zh, _, en in entries]


_PLURALS = {
    "supplier": "suppliers",
    "buyer": "buyers",
    "contact": "contacts",
    "product": "products",
    "message": "messages",
}


class _Tail:
    """Words drawn with the frequencies of real text: few often, most seldom."""

    def __init__(self, words: list[str], chance: random.Random, exponent: float = 1.0) -> None:
        self._words = words
        self._sums = list(
            itertools.accumulate(1 / (rank + 2) ** exponent for rank in range(len(words)))
        )
        self._chance = chance

    def word(self) -> str:
        """The next word."""
        return self._words[bisect(self._sums, self._chance.random() * self._sums[-1])]


class TradeBook:
    """The records of one generated book."""

    def __init__(self, sizes: Sizes, seed: int = 2026) -> None:
        self.sizes = sizes
        self._seed = seed
        self._chance = random.Random(seed)
        pick = self._chance
        self._cities = _pairs(_CITIES, " ")
        self._trades = _pairs(_TRADES, " ")
        self._goods = _pairs(_GOODS, "|")
        self._materials = _pairs(_MATERIALS, "|")
        self._adjectives = _pairs(_ADJECTIVES, "|")
        self._surnames = _pairs(_SURNAMES, " ")
        latin = sorted(
            {
                "".join(pick.choice(_SYLLABLES) for _ in range(pick.randint(2, 4)))
                for _ in range(30_000)
            }
        )
        pick.shuffle(latin)
        self._english = _Tail(_COMMON_ENGLISH.split("|") + latin, pick)
        characters = list(_NAME_CHARACTERS) + _RARE_CHARACTERS
        chinese = sorted(
            {pick.choice(characters[:900]) + pick.choice(characters) for _ in range(20_000)}
        )
        pick.shuffle(chinese)
        self._chinese = _Tail(_COMMON_CHINESE.split("|") + chinese, pick)

    def documents(self) -> Iterator[SearchDocument]:
        """Every record as a search document, kind by kind."""
        for kind in KINDS:
            for number in self.numbers(kind):
                yield self.document(kind, number)

    def numbers(self, kind: str) -> range:
        """The ids of a kind."""
        return range(1, getattr(self.sizes, _PLURALS.get(kind, ""), 0) + 1)

    def document(self, kind: str, number: int) -> SearchDocument:
        """One record, always the same for its kind and number."""
        self._chance.seed((self._seed * 16 + KINDS.index(kind)) << 32 | number)
        made: SearchDocument = getattr(self, kind)(number)
        return made

    def _prose(self, length: int) -> str:
        draw = self._chance.random
        words = [
            self._chinese.word() if draw() < 0.45 else f" {self._english.word()} "
            for _ in range(length)
        ]
        return "".join(words)

    def _phone(self) -> str:
        return f"+86 1{self._chance.randint(30, 99)} {self._chance.randint(0, 9999):04d} {self._chance.randint(0, 9999):04d}"

    def _good(self) -> tuple[str, str]:
        at = min(int(self._chance.expovariate(1 / 25)), len(self._goods) - 1)
        return self._goods[at]

    def supplier(self, number: int) -> SearchDocument:
        """A factory or trading company."""
        pick = self._chance
        city, city_en = self._cities[min(int(pick.expovariate(1 / 9)), len(self._cities) - 1)]
        trade, trade_en = pick.choice(self._trades)
        core = "".join(pick.choice(_NAME_CHARACTERS) for _ in range(2)) + (
            pick.choice(_RARE_CHARACTERS) if pick.random() < 0.2 else "")  # fmt: skip
        core_en = self._english.word().capitalize() + (
            self._english.word() if pick.random() < 0.5 else ""
        )
        goods = [self._good() for _ in range(pick.randint(1, 5))]
        mail = f"{pick.choice(['sales', 'info', 'export', core_en.lower()])}@{core_en.lower()}{number}.com"
        return SearchDocument(
            kind="supplier",
            id=number,
            titles=(f"{city}{core}{trade}有限公司", f"{city_en} {core_en} {trade_en} Co., Ltd."),
            subtitle=city,
            codes=(f"{pick.randint(1, 20)}.{pick.randint(1, 3)}{pick.choice('ABCDEFGHIJK')}{pick.randint(1, 48):02d}",)
            if pick.random() < 0.3 else (),
            mails=(mail,),
            phones=(self._phone(),),
            goods=tuple(f"{zh} {en}" for zh, en in goods),
            texts={"address": f"{city}市{self._chinese.word()}路{pick.randint(1, 999)}号", "notes": self._prose(pick.randint(4, 30))},
            facets={"country": ("CN",), "category": (goods[0][1],), "source": (pick.choice(["fair", "web", "referral", "platform"]),)},
            is_partner=pick.random() < 0.02,
        )  # fmt: skip

    def buyer(self, number: int) -> SearchDocument:
        """A customer abroad."""
        pick = self._chance
        name = f"{self._english.word().capitalize()} {pick.choice(['Imports', 'Trading', 'Group', 'Home'])} {pick.choice(['Inc.', 'GmbH', 'Ltd', 'LLC'])}"
        return SearchDocument(
            kind="buyer", id=number, titles=(name,), mails=(f"buyer{number}@{self._english.word()}.com",),
            texts={"notes": self._prose(12)}, facets={"country": (pick.choice(_COUNTRIES),)},
        )  # fmt: skip

    def contact(self, number: int) -> SearchDocument:
        """A person."""
        pick = self._chance
        surname, surname_en = pick.choice(self._surnames)
        given = "".join(pick.choice(_GIVEN) for _ in range(pick.randint(1, 2)))
        return SearchDocument(
            kind="contact", id=number, titles=(surname + given, f"{self._english.word().capitalize()} {surname_en}"),
            mails=(f"{surname_en.lower()}{number}@{self._english.word()}.com",), phones=(self._phone(),),
        )  # fmt: skip

    def product(self, number: int) -> SearchDocument:
        """A thing for sale, with its item number."""
        pick = self._chance
        (zh, en), (material, material_en) = self._good(), pick.choice(self._materials)
        (how, how_en) = pick.choice(self._adjectives)
        letters = "".join(pick.choice("ABCDEFGHKLMNPRSTXYZ") for _ in range(2))
        code = f"{letters}-{pick.randint(1000, 9999)}{pick.choice(['', '', 'A', 'B'])}"
        size = (
            f"{pick.choice([250, 350, 500, 750, 1000])}ml"
            if pick.random() < 0.4
            else f"{pick.randint(5, 90)}cm"
        )
        return SearchDocument(
            kind="product",
            id=number,
            titles=(f"{how}{material}{zh} {size}", f"{how_en} {material_en} {en} {size}"),
            subtitle=code,
            codes=(code, f"{pick.randint(10, 97)}{pick.randint(10_000_000, 99_999_999)}"),
            texts={"description": self._prose(pick.randint(5, 25))},
            facets={"category": (en,), "tag": (how_en,)},
        )  # fmt: skip

    def message(self, number: int) -> SearchDocument:
        """A mail or chat of a deal."""
        zh, en = self._good()
        return SearchDocument(
            kind="message", id=number, titles=(f"Inquiry: {en} {self._english.word()}",),
            texts={"body": f"{zh} {self._prose(self._chance.randint(30, 90))}"},
            facets={"stage": (self._chance.choice(["new", "quoted", "won", "lost"]),)},
        )  # fmt: skip


class TradeSource:
    """A generated book as the source of search; ``touch`` adds journal entries."""

    def __init__(self, book: TradeBook) -> None:
        self.book = book
        self.journal: list[Key] = []

    def touch(self, keys: Iterable[Key]) -> None:
        """As if these records had been edited."""
        self.journal += keys

    def watermark(self) -> int:
        """The last entry."""
        return len(self.journal)

    def mark(self, watermark: int) -> bytes:
        """The last entry up to ``watermark``."""
        return repr(self.journal[watermark - 1]).encode() if watermark else b""

    def changed_since(self, watermark: int, limit: int) -> tuple[int, set[Key]]:
        """Entries past ``watermark``."""
        entries = self.journal[watermark : watermark + limit]
        return watermark + len(entries), set(entries)

    def today(self) -> str:
        """It is always the same day."""
        return "2026-03-02"

    def moved_by_the_day(self) -> Mapping[Key, str]:
        """Nothing."""
        return {}

    def documents(self, kind: str, ids: Iterable[int]) -> Iterator[SearchDocument]:
        """Made anew each time, so that they take no memory."""
        return (self.book.document(kind, number) for number in ids)

    def all_ids(self, kind: str) -> Iterable[int]:
        """All of a kind."""
        return self.book.numbers(kind)

    def count(self) -> int:
        """All records."""
        return self.book.sizes.total

    def cards(self, keys: Iterable[Key]) -> Mapping[Key, Card]:
        """Only kind and id: reading the texts is measured with the database."""
        return {key: Card(*key, "", "") for key in keys}

    def containing(self, words: Iterable[str], kind: str | None, limit: int) -> list[Key]:
        """Nothing: there is no database to ask."""
        return []


def queries(book: TradeBook, seed: int = 7) -> list[str]:
    """At least 300 things people type: Chinese, pinyin, English, codes, phones, mails, mixed."""
    pick = random.Random(seed)
    good = [zh for zh, _ in _pairs(_GOODS, "|")]
    english = [en for _, en in _pairs(_GOODS, "|")]
    cities = _pairs(_CITIES, " ")
    found = [*pick.sample(good, 60), *pick.sample(english, 60)]
    found += [f"{pick.choice(_pairs(_MATERIALS, '|'))[0]}{pick.choice(good)}" for _ in range(25)]
    found += [
        f"{pick.choice(cities)[0]}{pick.choice(_NAME_CHARACTERS)}{pick.choice(_NAME_CHARACTERS)}"
        for _ in range(25)
    ]
    found += [f"{pick.choice(cities)[0]} {pick.choice(good)}" for _ in range(20)]
    found += [
        f"{pick.choice(cities)[1].lower()} {pick.choice(_pairs(_TRADES, ' '))[1].lower()}"
        for _ in range(20)
    ]
    found += _BY_SOUND.split("|")
    found += _codes_and_phrases(book, pick, english)
    found += _SHORT.split("|")
    return found


def _codes_and_phrases(book: TradeBook, pick: random.Random, english: list[str]) -> list[str]:
    found: list[str] = []
    found += [
        f"{pick.choice(_pairs(_ADJECTIVES, '|'))[1]} {pick.choice(_pairs(_MATERIALS, '|'))[1]} {pick.choice(english)}"
        for _ in range(25)
    ]
    found += [
        f"{pick.choice('ABCDEFGHKLMNPRSTXYZ')}{pick.choice('ABCDEFGHKLMNPRSTXYZ')}-{pick.randint(1000, 9999)}"
        for _ in range(20)
    ]
    found += [f"{pick.randint(1000, 9999)}" for _ in range(10)] + [
        f"138 {pick.randint(1000, 9999)}" for _ in range(5)
    ]
    found += [
        f"{pick.choice(['sales', 'info', 'export'])}@{book._english.word()}" for _ in range(10)
    ]
    return found
