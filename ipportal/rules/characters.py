"""Characters that are tried: what good values are made of, and what only looks as if it belonged to them."""

from __future__ import annotations

import string
from itertools import chain, cycle

from .kinds import Chars

GOOD = {Chars.DIGITS: "9900000123456789", Chars.LETTERS_DIGITS: "A1b2C3d4E5f6G7h8"}
# Letters and digits take turns, so that any two neighbours are a mixture.
EVERY = {
    Chars.DIGITS: string.digits,
    Chars.LETTERS_DIGITS: "".join(chain(*zip(string.ascii_letters, cycle(string.digits), strict=False))),
}
LONG = (73, 256)  # one byte more than bcrypt reads, and more than a form needs
SLIPPERY = {
    "space": " ",
    "newline": "\n",
    "tab": "\t",
    "nul": "\0",
    "zero_width_space": "\u200b",
    "full_width_digit": "\uff17",
}
FOREIGN = {
    "full_width_letter": "\uff21",
    "arabic_indic_digit": "\u0667",
    "persian_digit": "\u06f7",
    "devanagari_digit": "\u096d",
    "mathematical_digit": "\U0001d7d5",
    "superscript_digit": "\u00b2",
    "subscript_digit": "\u2087",
    "circled_digit": "\u2460",
    "roman_numeral": "\u2167",
    "ideograph_digit": "\u4e03",
    "combining_mark": "\u0301",
    "keycap_mark": "\u20e3",
    "zero_width_joiner": "\u200d",
    "byte_order_mark": "\ufeff",
    "soft_hyphen": "\u00ad",
    "right_to_left_override": "\u202e",
    "accented_letter": "\u00e9",
    "cyrillic_letter": "\u0430",
    "greek_letter": "\u03bf",
    "dotless_i": "\u0131",
    "long_s": "\u017f",
    "kelvin_sign": "\u212a",
    "no_break_space": "\u00a0",
    "ideographic_space": "\u3000",
    "carriage_return": "\r",
    "vertical_tab": "\v",
    "next_line": "\u0085",
    "line_separator": "\u2028",
    "delete": "\x7f",
    "hyphen": "-",
    "underscore": "_",
    "emoji": "\U0001f600",
    "dot": ".",
    "comma": ",",
    "plus": "+",
    "percent": "%",
    "apostrophe": "'",
    "quote": '"',
    "less_than": "<",
    "equals": "=",
    "backslash": "\\",
    "slash_before_0": "/",
    "colon_after_9": ":",
    "at_before_A": "@",
    "bracket_after_Z": "[",
    "backquote_before_a": "`",
    "brace_after_z": "{",
}
LETTERS = {"letter_upper": "B", "letter_lower": "b", "letter_o": "O", "letter_e": "e"}
LETTERS_ONLY, DIGITS_ONLY = "PracticeRehearse", "2025033173915026"
WIDE = str.maketrans({chr(at): chr(at + 0xFEE0) for at in range(0x21, 0x7F)})
