"""The site: routes and guard put together."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from bot.adapters.web import api, doors, sharing, talking
from bot.adapters.web import files as post_files
from bot.adapters.web.guard import Guard
from bot.adapters.web.pages import page
from bot.adapters.web.sorry import apologise, spoken
from bot.adapters.web.web import Web, visitor


def site(web: Web) -> FastAPI:
    """Build the application of one house."""
    app = FastAPI(
        title="Minstrel",
        version="1",
        description="A sentence in, a song out.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.web = web
    apologise(app)
    for part in (talking, post_files, sharing, doors, api):
        app.include_router(part.routes)
    app.include_router(api.health)
    app.mount("/static", StaticFiles(directory=Path(str(files("bot.adapters.web").joinpath("static")))))

    @app.get("/api", include_in_schema=False)
    async def api_page(request: Request) -> Response:
        """The description of the API, for people."""
        visitor(request)
        facts = {"paths": app.openapi()["paths"], "nonce": request.state.nonce}
        return page("api.html", spoken(request), request=request, **facts)

    settings = web.settings
    app.add_middleware(Guard, host=settings.web_host, public=settings.public_url, doored=web.doored)
    return app
