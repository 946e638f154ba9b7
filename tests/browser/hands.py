"""People in front of browsers, by the hand they use: a pointer, or a keyboard and nothing else."""

import re
from dataclasses import dataclass
from typing import Any

PASSWORD = "boats-on-a-slow-river"


@dataclass
class Somebody:
    """One person in front of one browser, with a mouse or a finger."""

    name: str
    email: str
    page: Any
    site: Any

    def opens(self, address: str) -> None:
        answer = self.page.goto(address)
        assert answer is None or answer.status < 400, f"{address} answered {answer.status}"

    def sees(self, *words: str) -> None:
        for word in words:
            self.page.get_by_text(word).filter(visible=True).first.wait_for()

    def presses(self, name: str, *, within: str = "body > :not(.head)") -> None:
        """Press a button, or follow a link that looks like one; by default below the masthead."""
        part = self.page.locator(within)
        button, link = (part.get_by_role(role, name=name, exact=True) for role in ("button", "link"))
        self._press(button.or_(link).first)

    def follows(self, name: str) -> None:
        """Follow a link whose words hold this name."""
        self._press(self.page.get_by_role("link", name=name).first)

    def fills(self, **answers: str) -> None:
        """Fill fields by their names."""
        for name, value in answers.items():
            self._type(self.page.locator(f"[name={name}]").first, value)

    def answers(self, label: str, value: str) -> None:
        """Fill a field by its label."""
        self._type(self.page.get_by_label(label).first, value)

    def lists(self, label: str, *words: str) -> None:
        """Name several things in a field that takes a list: one after the other, or with commas where nothing helps."""
        field = self._labelled(label)
        if self.page.locator("textarea[data-module=tags][hidden]").count():
            for word in words:
                self._type(field, word)
                field.press("Enter")
        else:
            self._type(field, ", ".join(words))

    def picks(self, *labels: str) -> None:
        """Tick or choose what carries these labels."""
        for label in labels:
            self._pick(self._labelled(label))

    def rates(self, stars: int) -> None:
        self._pick(self.page.locator(f"[name=rating][value='{stars}']"))

    def selects(self, name: str, label: str) -> None:
        """Choose one of a list."""
        self.page.locator(f"[name={name}]").select_option(label=label)

    def attaches(self, name: str, file: dict[str, Any]) -> None:
        self.page.locator(f"[name={name}]").set_input_files(file)

    def makes_an_account(self) -> None:
        """Sign up with the code from the mail."""
        self.answers("Your name", self.name)
        self.answers("E-mail", self.email)
        self.answers("Password", PASSWORD)
        self.presses("Continue")
        self.answers("Code", self.site.code_for(self.email))
        self.presses("Continue")

    def _labelled(self, label: str) -> Any:
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first

    def _press(self, target: Any) -> None:
        target.click()

    def _type(self, field: Any, value: str) -> None:
        field.fill(value)

    def _pick(self, choice: Any) -> None:
        choice.check()


class Typist(Somebody):
    """Somebody with a keyboard alone: Tab walks, Enter and Space press, arrows choose. Wherever they are, they see it."""

    def selects(self, name: str, label: str) -> None:
        field = self.page.locator(f"[name={name}]")
        self._reach(field)
        for _ in range(field.locator("option").count()):
            if field.evaluate("one => one.selectedOptions[0].label") == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"arrows never chose {label}")

    def attaches(self, name: str, file: dict[str, Any]) -> None:
        self._reach(self.page.locator(f"[name={name}]"))
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(file)

    def _press(self, target: Any) -> None:
        self._reach(target)
        self.page.evaluate("() => { window.stays = true }")
        leads_on = target.evaluate("one => one.matches('a[href], [type=submit]')")
        self.page.keyboard.press("Enter")
        if leads_on:
            self.page.wait_for_function("() => !window.stays")
            self.page.wait_for_load_state()

    def _type(self, field: Any, value: str) -> None:
        # What a field holds is chosen whole when Tab comes to it, except in those of several lines.
        self._reach(field)
        self.page.keyboard.type(value)

    def _pick(self, choice: Any) -> None:
        self._reach(choice)
        for _ in range(24):
            if choice.is_checked():
                return
            is_here = choice.evaluate("one => one === document.activeElement")
            self.page.keyboard.press("Space" if is_here else "ArrowDown")
        raise AssertionError(f"arrows never chose {choice}")

    def _reach(self, target: Any) -> None:
        """Walk to an element, and see on the way where one is."""
        target.wait_for(state="attached")
        if target.evaluate(_AT)["there"]:
            return
        for _ in range(250):
            self.page.keyboard.press("Tab")
            at = target.evaluate(_AT)
            assert at["seen"], f"{self.page.url}: {at['what']} does not show that it has the focus"
            if at["there"]:
                return
        raise AssertionError(f"{self.page.url}: Tab never reaches {target}")


# Where the focus is: on what is looked for (or in its group of choices), with a ring around it or around what stands for it,
# and not all beneath the bar at the bottom.
_AT = """(wanted) => {
  const here = document.activeElement;
  if (here === document.body || here === document.documentElement) return {there: false, seen: true, what: "nothing"};
  const around = [here, here.closest("label"), here.nextElementSibling, here.parentElement, here.parentElement.parentElement]
    .filter(Boolean);
  const hasRing = around.map((one) => getComputedStyle(one))
    .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const box = (here.closest("label") ?? here).getBoundingClientRect();
  const dock = here.closest(".dock") ? null : document.querySelector(".dock");
  const end = dock?.checkVisibility() ? dock.getBoundingClientRect().top : innerHeight;
  const isInSight = box.bottom > 0 && box.top < end;
  const isOfItsGroup = wanted.type === "radio" && here.type === "radio" && here.name === wanted.name;
  return {there: here === wanted || isOfItsGroup, seen: hasRing && isInSight,
          what: `${here.outerHTML.slice(0, 160)} ring ${hasRing} in sight ${isInSight}`};
}"""
