"""Health check of one part of Airflow, by what the API server reports: scheduler, dag_processor, triggerer or metadatabase."""

from __future__ import annotations

import json
import sys
import urllib.request

REPORT = "http://api-server:8080/api/v2/monitor/health"

if __name__ == "__main__":
    with urllib.request.urlopen(REPORT, timeout=5) as answer:
        status = json.load(answer)[sys.argv[1]]["status"]
    if status != "healthy":
        sys.exit(f"{sys.argv[1]} is {status}")
