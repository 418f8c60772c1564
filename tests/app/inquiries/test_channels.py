"""The channels inquiries come by are added, renamed and taken off."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.desk import Desk
from app.inquiries.fields import CHANNELS
from app.inquiries.service import InquiryDraft
from app.kernel.errors import AppError


def names(desk: Desk) -> list[str]:
    return [one.name for one in desk.channels.all()]


def test_known_channels_come_first_then_own_ones_and_those_in_use(desk: Desk) -> None:
    assert names(desk) == list(CHANNELS)
    for channel in ("TikTok Shop", "Referral", "Referral"):
        desk.inquiries.add(InquiryDraft(buyer="A", values={"channel": channel}))
    desk.channels.add("Agent in Dubai")
    assert names(desk) == [*CHANNELS, "Agent in Dubai", "TikTok Shop"]
    used = {one.name: one.inquiries for one in desk.channels.all() if one.inquiries}
    assert used == {"TikTok Shop": 1, "Referral": 2}


def test_a_new_name_goes_to_the_inquiries_and_both_come_back_by_undo(desk: Desk) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", values={"channel": "Trade fair"}))
    desk.channels.rename("Trade fair", "Ambiente")
    assert desk.inquiry_views.inquiry(inquiry).values["channel"] == "Ambiente"
    assert "Trade fair" not in names(desk)
    desk.channels.rename("Ambiente", "展会")
    assert desk.inquiry_views.inquiry(inquiry).values["channel"] == "Trade fair"
    assert names(desk) == list(CHANNELS)
    desk.history.undo()
    desk.history.undo()
    assert desk.inquiry_views.inquiry(inquiry).values["channel"] == "Trade fair"
    assert names(desk) == list(CHANNELS)


def test_a_sheet_with_a_former_name_brings_the_name_of_now(desk: Desk, tmp_path: Path) -> None:
    sheet = tmp_path / "inquiries.csv"
    sheet.write_text(
        "Buyer,Product,Quantity,Source\nArdent Foods,Steel hammer,500,Trade fair\n", "utf-8"
    )
    desk.sheets.commit(desk.sheets.preview(sheet))
    desk.channels.rename("Trade fair", "Ambiente")
    again = desk.sheets.commit(desk.sheets.preview(sheet))
    assert (again.operation, "Trade fair" in names(desk)) == (None, False)
    sheet.write_text(
        "Buyer,Product,Quantity,Source\nBrisk Snacks,Garden chair,300,Trade fair\n", "utf-8"
    )
    desk.sheets.commit(desk.sheets.preview(sheet))
    assert ("Trade fair" in names(desk), desk.channels.all()[-1].inquiries) == (False, 2)


def test_one_taken_off_is_offered_no_longer_and_its_inquiries_keep_it(desk: Desk) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="A", values={"channel": "Phone"}))
    desk.channels.remove("Phone")
    assert "Phone" not in names(desk)
    assert desk.inquiry_views.inquiry(inquiry).values["channel"] == "Phone"
    desk.channels.add("电话")
    assert names(desk) == list(CHANNELS)


def test_a_channel_has_a_name_and_is_there_once(desk: Desk) -> None:
    for name in ("", "  ", "WeChat", "微信"):
        with pytest.raises(AppError):
            desk.channels.add(name)


def test_only_a_channel_that_is_there_is_renamed_or_taken_off_by_its_name_in_any_language(
    desk: Desk,
) -> None:
    before = desk.channels.all()
    for change in (
        lambda: desk.channels.rename("Fax", "Telex"),
        lambda: desk.channels.remove("Fax"),
    ):
        with pytest.raises(AppError):
            change()
    assert desk.channels.all() == before
    desk.channels.remove("微信")
    assert "WeChat" not in {one.name for one in desk.channels.all()}


def test_a_new_name_that_would_change_nothing_is_told(desk: Desk) -> None:
    desk.channels.rename("Email", "邮件")
    for word in ("Mail", "E-mail"):
        with pytest.raises(AppError, match="channel_keeps_name"):
            desk.channels.rename("Email", word)
    desk.channels.add("Agent in Dubai")
    with pytest.raises(AppError, match="channel_known"):
        desk.channels.add("agent in dubai")
    assert names(desk) == [*CHANNELS, "Agent in Dubai"]


def test_a_former_name_leads_to_the_name_of_now_until_it_is_offered_again(desk: Desk) -> None:
    desk.channels.rename("Email", "Post")
    desk.channels.rename("Post", "Mailbox")
    assert desk.channels.now_called("Email") == "Mailbox"
    assert desk.channels.now_called("WeChat") == "WeChat"
    desk.channels.add("Email")
    assert desk.channels.now_called("Email") == "Email"
    desk.channels.rename("Mailbox", "Post")
    assert desk.channels.now_called("Post") == "Post"
    assert names(desk) == [*CHANNELS, "Post"]
