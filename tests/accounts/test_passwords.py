"""Passwords are long, and not what a guesser tries first."""

import unicodedata

import pytest

from app.accounts import passwords
from app.accounts.guessable import weakness
from app.accounts.passwords import UnusablePassword, check

ABOUT = ("Designers Guild", "designers", "maya.okafor@example.org", "Maya Okafor", "Guildhall", "guildhall.example")


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password123456789!",
        "P@ssw0rd12345678",
        "aaaaaaaaaaaaaaaaaa",
        "123456789012345",
        "abcabcabcabcabcabc",
        "qwertyuiopasdfgh",
        "1qaz2wsx3edc4rfv",
        "zxcvbnm,./asdfgh",
        "abcdefghijklmno",
        "19841984198419841984",
        "Summer2024Summer2024",
        "iloveyouiloveyou1",
        "letmeinletmein!!",
        "correct horse battery staple",
        "CorrectHorseBatteryStaple",
        "designersguild2024!",
        "D3signersGuild!!",
        "maya.okafor@example.org",
        "MayaOkafor1234567",
        "guildhallguildhall",
        "                    ",
    ],
)
def test_what_is_guessed_first_is_refused(password):
    assert weakness(password, about=ABOUT)
    with pytest.raises(UnusablePassword, match="easy to guess"):
        check(password, about=ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "letters-and-lanterns",
        "four quiet herons wait",
        "we met in the guildhall at noon",
        "tr0mbone-walnut-9",
        "correct-brass-window-eel",
        "Maya sold nine blue kettles",
        "кошка спит на тёплой печи",
        "山田さんは毎朝六時に起きて走ります",
        "J7#kfP0!vQ2zLw8x",
    ],
)
def test_what_nobody_guesses_is_taken(password):
    check(password, about=ABOUT)


def test_fourteen_characters_are_too_few():
    with pytest.raises(UnusablePassword, match="14 characters; at least 15"):
        check("quiet-herons-9")


def test_there_is_no_rule_about_kinds_of_characters():
    check("nothingbutlowercaseletters")


def test_the_same_characters_are_the_same_password_however_a_system_writes_them():
    typed = "Zoë's café is closed"
    stored = passwords.hashed(unicodedata.normalize("NFC", typed))
    assert passwords.matches(stored, unicodedata.normalize("NFD", typed))


def test_a_password_that_differs_anywhere_does_not_match():
    stored = passwords.hashed("letters-and-lanterns")
    for other in ("Letters-and-lanterns", "letters-and-lanterns ", "letters-and-lantern", ""):
        assert not passwords.matches(stored, other)


def test_nothing_matches_where_no_password_is_stored():
    assert not passwords.matches(None, "letters-and-lanterns")
    assert not passwords.matches(
        None, "no account has this password, since it is longer than passwords may be" + "·" * 256
    )


def test_something_stored_that_is_no_hash_matches_nothing():
    assert not passwords.matches("plain text", "plain text")


def test_two_hashes_of_one_password_differ():
    assert passwords.hashed("letters-and-lanterns") != passwords.hashed("letters-and-lanterns")
