"""The commands on conversations answer in JSON and in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ui.entry import main

SAMPLES = Path(__file__).parents[1] / "app" / "negotiation" / "samples"


def answer(capsys: pytest.CaptureFixture[str], book: Path, *words: str) -> dict[str, object]:
    capsys.readouterr()
    assert main(["--book", str(book), "--json", *words]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_mails_are_imported_once_and_shown_with_their_rounds(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    first = answer(capsys, book, "thread", "import", str(SAMPLES / "1.eml"))
    assert (first["added"], first["already_there"]) == (1, 0)
    for name in ("2.eml", "3.eml", "4.eml"):
        assert (
            answer(capsys, book, "thread", "import", str(SAMPLES / name))["thread"]
            == first["thread"]
        )
    again = answer(capsys, book, "thread", "import", str(SAMPLES / "4.eml"))
    assert again == {
        "thread": first["thread"],
        "threads": [first["thread"]],
        "added": 0,
        "already_there": 1,
        "skipped": 0,
        "undecided": [],
        "people": [],
    }
    shown = answer(capsys, book, "thread", "show", str(first["thread"]))
    assert len(shown["messages"]) == 4  # type: ignore[arg-type]
    assert [(r["side"], r["price"]) for r in shown["rounds"]] == [  # type: ignore[attr-defined]
        ("theirs", "2.10"),
        ("ours", "2.45"),
        ("theirs", "2.25"),
        ("ours", "2.32"),
    ]
    assert shown["gap"] == "0.07"
    thread, first_said = str(first["thread"]), str(shown["messages"][0]["id"])  # type: ignore[index]
    answer(capsys, book, "thread", "confirm", thread, "--message", first_said)
    (kept,) = answer(capsys, book, "list", "round")
    assert (kept["side"], kept["price"]) == ("theirs", "2.1")
    confirmed = answer(capsys, book, "thread", "confirm", thread)
    kept = str(confirmed["rounds"][0]["round"])  # type: ignore[index]
    assert answer(capsys, book, "thread", "drop-round", kept) == {"deleted": int(kept)}
    suggested = answer(capsys, book, "thread", "show", thread)["rounds"][0]  # type: ignore[index]
    assert (suggested["round"], suggested["confirmed"]) == (None, False)
    answer(capsys, book, "undo")
    assert [r["price"] for r in confirmed["rounds"]] == ["2.1", "2.45", "2.25", "2.32"]  # type: ignore[attr-defined]
    assert len(answer(capsys, book, "list", "round")) == 4
    assert (
        answer(capsys, book, "show", "thread", str(first["thread"]))["subject"] == shown["subject"]
    )


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_thread_is_shown_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str
) -> None:
    book = tmp_path / "b"
    main(["--book", str(book), "thread", "import", str(SAMPLES / "wechat.txt")])
    capsys.readouterr()
    assert main(["--book", str(book), "--lang", language, "thread", "show", "1"]) == 0
    out = capsys.readouterr().out
    assert "能做12.8吗" in out
    assert ("Gap left: 0.2" if language == "en" else "剩余差距：0.2") in out


def test_a_file_without_messages_is_trouble(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    nothing = tmp_path / "notes.txt"
    nothing.write_text("just a note", encoding="utf-8")
    assert (
        main(["--book", str(tmp_path / "b"), "--lang", "en", "thread", "import", str(nothing)]) == 3
    )
    assert "notes.txt" in capsys.readouterr().err
    assert main(["--book", str(tmp_path / "b"), "thread", "show", "7"]) == 3


def test_a_thread_is_written_in_attached_split_and_answered(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"

    def answer(*words: str) -> Any:
        capsys.readouterr()
        assert main(["--book", str(book), "--json", *words]) == 0
        return json.loads(capsys.readouterr().out)

    added = answer("inquiry", "add", "--buyer", "Nordlys", "--line", "cup; 100 pcs")
    inquiry = str(added["inquiry"])
    taken = answer("thread", "import", str(SAMPLES / "1.eml"))
    thread = str(taken["thread"])
    assert answer("thread", "attach", thread, "--inquiry", inquiry)["inquiry"] == int(inquiry)
    note = answer("thread", "add", thread, "--text", "they called", "--kind", "call")["message"]
    moved = answer("thread", "move", str(note))
    assert moved["thread"] != int(thread)
    merged = answer("thread", "merge", thread, str(moved["thread"]))
    assert note in [message["id"] for message in merged["messages"]]
    assert main(["--book", str(book), "thread", "merge", thread, str(moved["thread"])]) == 3
    answer("undo")
    due = answer(
        "thread", "follow-up", "--text", "call back", "--on", "2026-03-05", "--thread", thread
    )
    assert due["due_on"] == "2026-03-05"
    (row,) = (row for row in answer("thread", "due") if row["kind"] == "follow_up")
    put_off = answer("thread", "put-off", str(row["id"]), "--on", "2099-01-01")
    assert (put_off["due_on"], answer("thread", "due")) == ("2099-01-01", [])
    assert answer("thread", "done", str(due["follow_up"]))["done"]
    file = tmp_path / "r.eml"
    written = answer("thread", "write", "first_reply", "--inquiry", inquiry, "--to", str(file))
    assert "100 pcs" in written["text"]
    assert "our_name" in written["lacking"]
    assert file.exists()
    assert main(["--book", str(book), "thread", "write", "nothing"]) == 3


def test_what_does_not_exist_is_trouble_and_no_defect(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    answer(capsys, book, "inquiry", "add", "--buyer", "Nordlys", "--line", "cup; 100 pcs")
    answer(capsys, book, "thread", "import", str(SAMPLES / "1.eml"))
    for words, code in (
        ("thread attach 1 --inquiry 9", 3),
        ("thread attach 1 --company 9", 3),
        ("thread follow-up --text call --on 2026-03-05 --thread 9", 3),
        ("thread follow-up --text call --on 2026-03-05 --inquiry 9", 3),
        ("thread write first_reply --inquiry 9", 3),
        ("thread done 9", 3),
        ("request new 1 --supplier 9", 3),
        ("thread show 1 --quantity many", 2),
        ("thread due --silent-days 0", 2),
        ("inquiry match 1 --limit 0", 2),
    ):
        assert main(["--book", str(book), *words.split()]) == code, words


def test_merging_with_itself_and_keeping_what_no_message_suggests_are_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    thread = str(answer(capsys, book, "thread", "import", str(SAMPLES / "1.eml"))["thread"])
    for words, told in (
        (("merge", thread, thread), "merged with itself"),
        (("confirm", thread, "--message", "999"), "999"),
    ):
        assert main(["--book", str(book), "thread", *words]) == 3
        assert told in capsys.readouterr().err


def test_whose_messages_are_whose_is_asked_for_where_nothing_tells(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book, chat = tmp_path / "b", tmp_path / "chat.txt"
    chat.write_text(
        "Fang Lan 2026-03-05 14:02:11\ngood morning\n\nLuis 2026-03-05 14:05:40\nhello\n",
        encoding="utf-8",
    )
    assert main(["--book", str(book), "thread", "import", str(chat)]) == 0
    assert "Fang Lan, Luis" in capsys.readouterr().err
    told = answer(capsys, book, "thread", "import", str(chat), "--we", "fang lan")
    assert told["people"] == []
    shown = answer(capsys, book, "thread", "show", str(told["thread"]))
    assert [each["direction"] for each in shown["messages"]] == ["out", "in"]  # type: ignore[attr-defined]
    assert main(["--book", str(book), "thread", "import", str(chat), "--we", "Bob"]) == 3


@pytest.mark.parametrize(
    ("language", "moved"),
    [("en", "FOB Ningbo → FOB Shanghai"), ("zh_CN", "FOB 宁波 → FOB 上海")],
)
def test_a_thread_names_ports_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str, moved: str
) -> None:
    book = tmp_path / "b"
    answer(capsys, book, "thread", "import", str(SAMPLES / "1.eml"))
    for text in ("USD 2.10/pc FOB Ningbo", "USD 2.00/pc FOB Shanghai"):
        answer(capsys, book, "thread", "add", "1", "--text", text, "--kind", "chat")
    capsys.readouterr()
    assert main(["--book", str(book), "--lang", language, "thread", "show", "1"]) == 0
    shown = capsys.readouterr().out
    offered, move = [line for line in shown.splitlines() if moved[-2:] in line][-2:]
    assert moved.rpartition(" → ")[2] in offered
    assert moved in move
