"""The settings under test: the site's own, with the data of this run in a directory of its own.

SQLite unless TEST_DATABASE_URL names a PostgreSQL server; `make test` runs both.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from django.core.management.utils import get_random_secret_key

# What the developer's shell says about a real site is not for the tests.
OF_A_REAL_SITE = """AKISMET_KEY ALLOWED_HOSTS BEHIND_PROXY CACHE_URL COMMENT_WEBHOOK EMAIL_URL MEDIA_ROOT OEMBED
    PAGE_CACHE SITE_NAME SITE_URL TIME_ZONE"""
for variable in OF_A_REAL_SITE.split():
    os.environ.pop(variable, None)

TEST_DATA_DIR = tempfile.mkdtemp(prefix="newsroom-tests-")
atexit.register(shutil.rmtree, TEST_DATA_DIR, ignore_errors=True)
# WhiteNoise warns where there is none. Empty: tests are served the static files from where they are written.
Path(TEST_DATA_DIR, "static").mkdir()
os.environ["DATA_DIR"] = TEST_DATA_DIR
os.environ["DEBUG"] = "1"
os.environ["SECRET_KEY"] = get_random_secret_key()
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{TEST_DATA_DIR}/newsroom.sqlite3"

from newsroom.settings import *  # noqa: E402, F403
from newsroom.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads then meet the same locks as on a laptop. Nothing needs to survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": f"{TEST_DATA_DIR}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    # A pool keeps connections open, and a database with open connections cannot be dropped; its upper
    # limit would also make tests with many threads wait for each other. The site's own timeouts stay.
    del DATABASES["default"]["OPTIONS"]["pool"]
    # A test may think for longer than a request, and so may the person in its debugger.
    DATABASES["default"]["OPTIONS"]["options"] += " -c idle_in_transaction_session_timeout=0"

# The insecure defaults above are all that DEBUG is for: what is tested is the site that readers are given.
DEBUG = False
# Tests make many people and sign most of them in.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
