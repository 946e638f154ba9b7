"""What people say to each other, and what they tell the moderators."""

from app.messages.models.reports import Report, ReportAnswered
from app.messages.models.threads import KeptApart, Message, Thread, ThreadMark

__all__ = ["KeptApart", "Message", "Report", "ReportAnswered", "Thread", "ThreadMark"]
