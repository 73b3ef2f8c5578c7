"""Serves Data Docs in the Airflow UI: *Browse > Data Docs*, and the button *Data Docs* of a task that gates.

Airflow leaves authorisation to a plugin's own routes. Here every route asks Airflow who is there, and shows the pages of a suite to whom
Airflow shows the logs of its DAG. Pages come from below the folder of Data Docs (`SUMBER_DATA_DOCS`), run no script and load nothing from
elsewhere.
"""

# Annotations are not put off in this file: FastAPI reads those of its routes, which name what is imported late.
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from airflow.configuration import conf
from airflow.plugins_manager import AirflowPlugin

ADDRESS = "/sumber/data-docs"  # as `sumber.pipeline.wiring.DATA_DOCS` has it, without the slash at its end
BELOW = urlsplit(conf.get("api", "base_url", fallback="")).path.rstrip("/")  # where a proxy shows Airflow, if not at the root

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


def application() -> Any:
    """Return the FastAPI application behind `ADDRESS`. What it needs is imported here: other parts of Airflow load this file too."""
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity, DagDetails
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi import Depends, FastAPI, HTTPException, Request
    from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

    from sumber.pipeline import data_docs, settings

    def suites_for(user: Any = Depends(get_user)) -> list[str]:  # noqa: B008 - how FastAPI is told
        """Return the suites whose pages the user may read. Refuses who has not logged in (401) and who may read none (403)."""
        asked = get_auth_manager()
        shown = [
            suite
            for suite, dag in data_docs.SUITES.items()
            if asked.is_authorized_dag(method="GET", access_entity=DagAccessEntity.TASK_LOGS, details=DagDetails(id=dag), user=user)
        ]
        if not shown:
            raise HTTPException(403, "Data Docs are for those who may read the logs of Sumber's tasks")
        return shown

    app = FastAPI(title="Data Docs", docs_url=None, redoc_url=None, openapi_url=None)

    @app.middleware("http")
    async def add_headers(request: Request, call_next: Any) -> Response:
        """Give every answer, also one that refuses, the headers that keep a page from doing anything but being read."""
        answer: Response = await call_next(request)
        answer.headers.update(HEADERS)
        return answer

    @app.get("/")
    def contents(run: str | None = None, batch: int | None = None, suites: list[str] = Depends(suites_for)) -> Response:  # noqa: B008
        """List what is kept, of one run or batch or of all; where that is a single site, go there."""
        sites = data_docs.find(settings.current().data_docs, run, batch, suites)
        if run is not None and len(sites) == 1:
            return RedirectResponse(sites[0].address)
        return HTMLResponse(data_docs.listing(sites, run, settings.current().data_docs_days))

    @app.get("/style.css", dependencies=[Depends(suites_for)])
    def style() -> FileResponse:
        """Return the style sheet of the list."""
        return FileResponse(data_docs.STYLES, media_type="text/css")

    @app.get("/{suite}/{site}/{file}")
    def page(suite: str, site: str, file: str, suites: list[str] = Depends(suites_for)) -> FileResponse:  # noqa: B008
        """Return one page of a site."""
        found = data_docs.page(settings.current().data_docs, f"{suite}/{site}/{file}") if suite in suites else None
        if found is None:
            raise HTTPException(404, "There are no such Data Docs, or they are too old")
        return FileResponse(found, media_type="text/css" if found.suffix == ".css" else "text/html; charset=utf-8")

    return app


class DataDocs(AirflowPlugin):
    """Data Docs in the navigation and behind the buttons of tasks."""

    name = "sumber_data_docs"
    external_views = [  # noqa: RUF012 - Airflow wants a list
        {"name": "Data Docs", "href": f"{BELOW}{ADDRESS}/", "destination": "nav", "category": "browse", "url_route": "sumber-data-docs"}
    ]

    @cached_property
    def fastapi_apps(self) -> list[dict[str, Any]]:
        """Return the application; only the API server asks for it."""
        return [{"app": application(), "url_prefix": ADDRESS, "name": "Sumber Data Docs"}]
