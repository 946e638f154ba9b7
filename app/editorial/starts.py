"""What a page may begin with, so that nobody faces an empty sheet."""

from typing import NamedTuple


class Start(NamedTuple):
    label: str
    title: str
    text: str


STARTS = {
    "about": Start(
        "About us",
        "About us",
        "## Who we are\n\nWhat brought us together, and what we have in common.\n\n"
        "## What happens here\n\nWhich work people find, and how it is paid or swapped.\n\n"
        "## Who keeps it going\n\nThe people to write to, and when they answer.\n",
    ),
    "guidelines": Start(
        "Guidelines",
        "Good work here",
        "1. **Say the terms.** Pay or hours, a date, and what is handed over.\n"
        "2. **Answer people.** A short no is kinder than silence.\n"
        "3. **Give credit.** Name whoever did the work wherever it is shown.\n",
    ),
    "questions": Start(
        "Questions and answers",
        "Questions",
        "## What does it cost?\n\nAn answer in one or two sentences.\n\n"
        "## Who may join?\n\nAn answer in one or two sentences.\n\n"
        "## What if something goes wrong?\n\nWhom to ask, and what happens then.\n",
    ),
}
