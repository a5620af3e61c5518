"""The application: the API and the pages behind the guard."""

import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from pipelines.serving.api import api
from pipelines.serving.desk import Desk
from pipelines.serving.faults import add_handlers
from pipelines.serving.guard import Guard
from pipelines.serving.hosts import Hosts
from pipelines.serving.pages import pages
from pipelines.serving.spec import ABOUT, TITLE

STATIC = Path(__file__).parent / "static"
MEDIA = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
AT_ONCE = 4  # answers that are made at the same time, each within the store's memory limit


def application(desk: Desk, hosts: Hosts) -> ASGIApp:
    """The whole server as an ASGI application.

    Without FastAPI's pages of documentation: they load scripts from elsewhere.
    """
    app = FastAPI(
        title=TITLE,
        description=ABOUT,
        version="1",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_at_once,
    )
    add_handlers(app, desk)
    app.include_router(api(desk))
    app.include_router(pages(desk), include_in_schema=False)
    for suffix, media in MEDIA.items():
        mimetypes.add_type(media, suffix)  # else Windows looks into its registry, where a script may be plain text
    app.mount("/static", StaticFiles(directory=STATIC))
    return Guard(app, hosts, desk.requests)


@asynccontextmanager
async def _at_once(_: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
    yield
