"""Each is told in the language they read, in the app and by mail."""

from app.core.database import db
from app.core.jobs import run_due
from tests.factories import a_member, a_published_gig, acting, an_application
from tests.notifications.telling import told


def test_a_member_is_told_in_the_language_they_chose(hall, outbox):
    maya, sam = a_member("Maya Okafor"), a_member("Sam Reyes")
    maya.locale = "de"
    db.session.commit()
    run_due()
    outbox.clear()
    gig = a_published_gig(by=maya, title="Schild malen")
    an_application(to=gig, by=sam)
    assert told(maya)[-1] == "Sam Reyes hat für „Schild malen“ die Hand gehoben"
    mail = outbox.to("maya-okafor@example.org")
    assert mail.subject == "Sam Reyes hat für „Schild malen“ die Hand gehoben"
    assert 'lang="de"' in mail.html
    assert "Diese E-Mails stoppen" in mail.text


def test_of_one_thing_each_is_told_in_their_own_language(hall, outbox):
    maya, sam, noor = a_member("Maya Okafor"), a_member("Sam Reyes"), a_member("Noor Hadid")
    sam.locale, noor.locale = "es", "ar"
    db.session.commit()
    gig = a_published_gig(by=maya, title="Sign")
    an_application(to=gig, by=sam)
    an_application(to=gig, by=noor)
    gig.close(by=acting(maya), why="Done.")
    db.session.commit()
    assert "«Sign»" in told(sam)[-1]
    # Latin letters in an Arabic sentence stand in isolates.
    assert "«\u2068Sign\u2069»" in told(noor)[-1]
    assert told(sam)[-1] != told(noor)[-1]
