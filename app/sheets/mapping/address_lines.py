"""Owns the columns that are parts of one address: its further lines, house numbers, quarters.

Must not choose the column of the street; where there is none, no part is an address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.kernel.messages import Message
from app.sheets.layout import TableRegion
from app.sheets.mapping.columns import ColumnMapping, column_of
from app.sheets.mapping.evidence import Evidence
from app.sheets.mapping.weighing import lists_parties
from app.sheets.phrases import heading_key
from app.sheets.targets import Kind

#: A further line of the address, a house number, what stands behind it, a quarter or a building.
_PART = re.compile(
    r"(?:[a-z]+ ){0,2}(?:address|addr|street)(?: line)? ?[23]|adress(?:e|zeile) ?[23]|adresse ?[23]|"
    r"adresszusatz|anschrift ?2|zusatz|complement[oe](?: (?:do |de )?endereco)?|complement (?:d )?adresse|"
    r"house (?:no|number|nr)|building (?:no|number)|hausnummer|haus nr|hausnr|hnr|huisnummer|numero civico|civico|"
    r"nr domu|nr lokalu|дом|no дома|номер дома|корпус|офис|bairro|colonia|barrio|neighbou?rhood|mahalle(?:si)?|suite|门牌号?|כתובת שורה [23]"
)
#: What is a house's number only beside a street.
_NUMBER = re.compile(r"numero|num|nro|nr|no|number|n")
#: What such a column may have been taken for.
_MAY_GIVE_WAY = ((), ("address_2",), ("serial",))
_BY_PERSON = Message("mapping.why_person")
_STREET = re.compile(
    r"(?:endereco )?logradouro|endereco|rua|calle|strasse|street|via|улица|ulica|sokak|cadde"
)


def join_address_lines(
    region: TableRegion, rules: Kind, found: Sequence[Evidence], chosen: dict[int, ColumnMapping]
) -> None:
    """Gives the parts of an address to the column of its street: the cells of a row are joined.

    Only what stands behind the street and is taken for nothing better.
    """
    street = next((p for p, mapping in chosen.items() if mapping.fields == ("address",)), None)
    if street is None or not lists_parties(rules):
        return
    is_bare = bool(_STREET.fullmatch(heading_key(region.headings[street])))
    for place in range(street + 1, len(region.headings)):
        key = heading_key(region.headings[place])
        is_part = _PART.fullmatch(key) or (is_bare and _NUMBER.fullmatch(key))
        taken = chosen.get(place)
        is_free = taken is None or (taken.fields in _MAY_GIVE_WAY and taken.why != _BY_PERSON)
        if is_part and is_free and found[place].filled:
            why = Message("mapping.why_heading", heading=region.headings[place])
            chosen[place] = column_of(region, place, ("address",), 0.8, why)
