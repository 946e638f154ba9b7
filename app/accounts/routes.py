"""Signing in and out: the identity host, and the doors of the other hosts."""

from app.accounts import account, arriving, platform_doors, signing_in

blueprints = (arriving.blueprint, platform_doors.blueprint, signing_in.blueprint, account.blueprint)
