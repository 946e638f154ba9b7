"""What is typed to be vetted, and by those who decide."""

from typing import Any

from app.core.forms import Choice, Files, Form, Lines, Paragraphs, Switch, Text, WholeNumber
from app.core.forms.text import web_link
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.experts.models import Bench


class BenchForm(Form):
    """How a category vets."""

    is_open = Switch(_l("Members can ask to be vetted here"))
    levels = Lines(
        _l("Levels"),
        most=8,
        each=60,
        hint=_l("One on each line, the lowest first: Journeyman, Master. None: people are vetted, or not."),
    )
    wants = Paragraphs(
        _l("What somebody should show"),
        max=2000,
        hint=_l(
            "Pieces, papers, years. Whoever asks reads it first, and whoever decides measures by it. Markdown works."
        ),
        attributes={"rows": 5},
    )
    months = WholeNumber(
        _l("Holds for so many months"),
        least=1,
        most=60,
        required=True,
        hint=_l("Then it ends, unless it is renewed. People are reminded 30 and 7 days before."),
    )


class AskingForm(Form):
    """What somebody wants to be vetted for, and what they show."""

    skill = Text(
        _l("One skill in it"), max=60, hint=_l("Empty: the whole field. You can ask for several, one after the other.")
    )
    level = Choice(_l("Level"), radios=True)
    words = Paragraphs(
        _l("Why you"),
        max=4000,
        min=40,
        required=_l("Say what you have done, and for how long."),
        hint=_l("Only those who decide read it."),
    )
    links = Lines(_l("Links"), most=8, each=500, max=4500, hint=_l("One on each line. Only those who decide see them."))
    files = Files(_l("Files"), most=6, hint=_l("Up to 6, each up to 10 MB. Only those who decide can download them."))
    evidence = Text(
        _l("In one line, for everybody"),
        max=160,
        hint=_l("Shown beside your name once you are vetted: “Twelve years of shopfronts, guild papers of 2014”."),
    )

    def __init__(self, *args: Any, bench: Bench | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        levels = bench.levels if bench else []
        self.level.options = [(level, level) for level in levels]
        if levels:
            self.level.flags.required = True
        else:
            del self.level

    def check(self) -> None:
        for line in self.links.data:
            try:
                web_link(line)
            except ValueError as problem:
                self.refuse("links", str(problem))
                break

    @property
    def asked_level(self) -> str:
        return self.level.data if "level" in self else ""

    @property
    def addresses(self) -> list[str]:
        """Return the links, each as a whole address."""
        return [web_link(line) for line in self.links.data]


class OpinionForm(Form):
    """Yes at a level, or no, and why."""

    answer = Choice(
        _l("Are they an expert?"),
        options={"yes": _l("Yes"), "no": _l("Not yet")},
        radios=True,
        required=_l("Say yes or not yet."),
    )
    level = Choice(_l("If so, at which level?"), radios=True)
    worked_together = Text(
        _l("What you two agreed on"),
        max=300,
        hint=_l(
            "You had an agreement in the last six months. That is no obstacle, but it is shown with what you decide."
        ),
    )
    why = Paragraphs(
        _l("Why"),
        max=2000,
        min=20,
        required=_l("Say what it rests on, in a sentence or two."),
        hint=_l("They read it, with your name, once it is decided."),
    )

    def __init__(
        self, *args: Any, bench: Bench | None = None, are_partners: bool = False, asked: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        levels = bench.levels if bench else []
        self.level.options = [(level, level) for level in levels]
        if not levels:
            del self.level
        elif not self.level.was_sent and asked in levels:
            self.level.data = asked
        if are_partners:
            self.worked_together.flags.required = True
        else:
            del self.worked_together

    def check(self) -> None:
        if self.says_yes and "level" in self and not self.level.data:
            self.refuse("level", _("Choose the level."))

    @property
    def says_yes(self) -> bool:
        return bool(self.answer.data == "yes")

    @property
    def told(self) -> dict[str, str]:
        """Return what goes with the answer: why, level, worked_together."""
        level = self.level.data or "" if "level" in self and self.says_yes else ""
        tie = self.worked_together.data if "worked_together" in self else ""
        return {"why": self.why.data, "level": level, "worked_together": tie}


class QuestionForm(Form):
    """What somebody asks a category's experts."""

    title = Text(
        _l("Your question, in one line"),
        max=140,
        min=8,
        required=_l("Ask in one line; details go below."),
        hint=_l("“Which size holds gold on a door that gets the evening sun?”"),
    )
    words = Paragraphs(
        _l("What one should know to answer it"),
        max=3000,
        hint=_l("What you have tried, what it is for. Leave out what is nobody’s business: others may read it."),
        attributes={"rows": 6},
    )
    is_private = Switch(
        _l("Answer it for me alone"), hint=_l("Otherwise others can learn from the answer, and see who asked.")
    )


class AnswerForm(Form):
    """An expert's answer."""

    answer = Paragraphs(
        _l("Your answer"),
        max=6000,
        min=20,
        required=_l("Write a sentence or two at least."),
        hint=_l("Markdown works."),
        attributes={"rows": 8},
    )
    is_private = Switch(
        _l("Only for whoever asked"), hint=_l("Otherwise everybody who sees the category reads it, with your name.")
    )

    def __init__(self, *args: Any, question: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        # What was asked in private is answered so.
        if question is not None and question.is_private:
            del self.is_private

    @property
    def privately(self) -> bool:
        return bool(self.is_private.data) if "is_private" in self else True
