"""What a member chooses to be told."""

from app.core.forms import Choices, Form
from app.notifications.topics import CHANNELS, Topic


class TopicChoices(Form):
    """For each topic the channels that are wanted; made by `choices_form`."""

    @property
    def chosen(self) -> dict[str, list[str]]:
        return {field.short_name: field.data for field in self}


def choices_form(topics: list[Topic]) -> type[TopicChoices]:
    """Return the form for these topics."""
    fields = {topic.slug: Choices(topic.label, options=CHANNELS, hint=topic.note) for topic in topics}
    return type("ChoosingTopics", (TopicChoices,), fields)
