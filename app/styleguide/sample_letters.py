"""E-mails for the style guide: one of each build."""

from themes.letters import Letter

_HERE = "http://designers.localhost:8000"

LETTERS = {
    "event": Letter(
        subject="Orla Finch shortlisted you for “Sign lettering”",
        heading="You are on the short list",
        paragraphs=["Orla Finch would like to know a little more before she decides."],
        quote="Could you come and see the wall next week?\nTuesday is market day; any other day suits.",
        action=("Answer Orla", f"{_HERE}/applications/1"),
        why="You raised your hand for “Redraw our bakery's sign lettering”.",
        preferences=f"{_HERE}/settings/notifications",
        unsubscribe=f"{_HERE}/unsubscribe/sample",
    ),
    "terms": Letter(
        subject="Maya proposes other terms",
        paragraphs=["Look at what would change. Nothing is agreed until both of you say yes."],
        facts=[("Pay", "£520 (was £480)"), ("Delivered by", "19 December (was 12 December)")],
        action=("Look at the terms", f"{_HERE}/agreements/1"),
        after=["Without an answer the proposal lapses on 3 December."],
        why="You posted “Redraw our bakery's sign lettering”.",
        preferences=f"{_HERE}/settings/notifications",
    ),
    "code": Letter(
        subject="482 913 is your code",
        paragraphs=["Type it where you were asked. It works for ten minutes, once."],
        after=["You did not ask for it? Then somebody mistyped an address, and you need do nothing."],
        why="Somebody signs in with this address.",
    ),
}
