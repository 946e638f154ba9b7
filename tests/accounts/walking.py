"""A browser that walks from host to host, as people do when they sign in."""

import re
from contextvars import copy_context
from urllib.parse import urlsplit

from app.core import mail
from app.core.database import db
from app.core.jobs import run_due
from tenants.context import acting_as, platform_context
from tests.factories import PASSWORD

ID = "http://id.localhost:8000"
DESIGNERS = "http://designers.localhost:8000"
HILLSIDE = "http://hillside.localhost:8000"
PLATFORM = "http://localhost:8000"


class Walker:
    """One browser: one cookie for each host. Every response that it saw is kept in `seen`."""

    def __init__(self, app):
        self.client = app.test_client()
        self.here = DESIGNERS
        self.seen = []

    def get(self, address, **options):
        return self._send("GET", address, **options)

    def post(self, address, data=None, **options):
        return self._send("POST", address, data=data or {}, **options)

    def follow(self, response):
        """Go where redirects lead and return the page at their end."""
        for _ in range(10):
            if response.status_code not in (301, 302, 303):
                return response
            response = self.get(response.location)
        raise AssertionError(f"redirects go round in circles: {response.location}")

    def enter(self, hall=DESIGNERS, onward="/", **options):
        """Choose “Sign in” at a hall and return the page at the end of the redirects."""
        return self.follow(self.get(f"{hall}/enter?onward={onward}", **options))

    def sign_in(self, email, password=PASSWORD):
        return self.follow(self.post(f"{ID}/sign-in", {"email": email, "password": password}))

    def type_code(self, digits):
        return self.follow(self.post(f"{ID}/code", {"digits": digits}))

    def cookie(self, host):
        return self.client.get_cookie("guildhall", domain=urlsplit(host).hostname)

    def _send(self, method, address, headers=None, **options):
        if address.startswith("/"):
            address = self.here + address
        parts = urlsplit(address)
        self.here = f"{parts.scheme}://{parts.netloc}"
        sent = {"Origin": self.here, "Sec-Fetch-Site": "same-origin"} | (headers or {}) if method == "POST" else headers
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        # What the request puts in force ends with it: the test stays in its own tenant.
        response = copy_context().run(
            self.client.open, target, method=method, base_url=self.here, headers=sent, **options
        )
        self.seen.append(response)
        return response


def page_name(response):
    """Return the page's main heading."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.text, re.DOTALL)
    return found[1].strip() if found else ""


def mailed_to(email):
    """Run what is due in the worker and return the mails to an address, newest first."""
    db.session.commit()
    with acting_as(None), platform_context():
        run_due()
    return mail.kept(to=email)


def code_for(email):
    """Return the digits of the newest code that was mailed to an address."""
    newest = mailed_to(email)[0]
    return re.search(r"\d{6}", newest.text)[0]
