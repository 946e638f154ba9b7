"""The pictures of a hall, over the web."""

import io

from PIL import Image
from sqlalchemy import text
from werkzeug.datastructures import FileStorage

from app.core import pictures
from app.core.database import db
from tests.factories import a_member


def a_picture(tenant_id):
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(out, "PNG")
    return pictures.keep(FileStorage(io.BytesIO(out.getvalue()), "me.png"), tenant_id=tenant_id, owner="maya")


def test_a_picture_is_shown_in_its_own_hall_only(hall, other_hall, browser):
    path = pictures.path(a_picture(hall.id).name, "small")
    assert browser().get(path).mimetype == "image/webp"
    assert browser(host="hillside.localhost").get(path).status_code == 404
    assert browser().get("/pictures/nothing-small.webp").status_code == 404


def test_the_pictures_of_a_members_hall_are_for_members(hall, browser):
    path = pictures.path(a_picture(hall.id).name)
    member = a_member()
    db.session.execute(text("UPDATE tenants SET who_may_see = 'members' WHERE id = :id"), {"id": hall.id})
    db.session.commit()
    assert browser(member).get(path).status_code == 200
    assert browser().get(path).status_code != 200
