"""Owns the words by which a job title is told from a name.

Must not read cells or messages.
"""

from __future__ import annotations

import re

_JOB_TITLE = re.compile(
    r"\b(?:manager|gm|director|buyer|purchas\w*|sourcing|procurement|sales|owner|ceo|coo|cfo|cto|president|founder|merchandiser|executive"
    r"|assistant|head of|engineer|officer|category|import dep\w*|geschäftsführer\w*|\w*leiter(?:in)?|gerente|director[ae]?|directeur|directrice|responsable)\b"
    r"|经理|總監|总监|采购|採購|主管|负责人|总裁|董事长|助理|业务|業務|销售|厂长|廠長|老板|директор|менеджер",
    re.IGNORECASE,
)


def is_job_title(text: str) -> bool:
    """Whether ``text`` has a word that says what somebody's job is."""
    return _JOB_TITLE.search(text) is not None
