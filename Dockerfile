# Airflow, the pipeline and its DAGs in one image; docker-compose.yml runs each Airflow service from it. It holds no secret.
FROM python:3.12-slim-bookworm AS plain

ENV PYTHONPATH=/opt/sumber/include
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
ENV AIRFLOW_HOME=/var/lib/sumber/airflow AIRFLOW__CORE__DAGS_FOLDER=/opt/sumber/dags AIRFLOW__CORE__PLUGINS_FOLDER=/opt/sumber/plugins
ENV AIRFLOW__CORE__LOAD_EXAMPLES=False AIRFLOW__USAGE_DATA_COLLECTION__ENABLED=False SCARF_ANALYTICS=false DO_NOT_TRACK=true

RUN groupadd --gid 50000 sumber \
    && useradd --uid 50000 --gid sumber --home-dir /var/lib/sumber --shell /usr/sbin/nologin sumber \
    && install --directory --owner=sumber --group=sumber --mode=0750 \
        /var/lib/sumber /var/lib/sumber/airflow /var/lib/sumber/logs /var/lib/sumber/data_docs

WORKDIR /opt/sumber
COPY requirements.txt .
# The lock is whole, so nothing is resolved again.
RUN python -m pip install --no-deps --require-hashes --requirement requirements.txt

COPY deploy deploy
COPY include include
COPY seeds seeds
COPY dags dags
COPY plugins plugins
# Compiled to bytecode once here, because the code is not writable to those who run it.
RUN python -m compileall -q include

# The engine as machine code (docs/decisions/0003); neither a compiler nor mypy stays.
FROM plain AS compiler
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev
COPY requirements-compiled.txt .
RUN python -m pip install --no-deps --require-hashes --requirement requirements-compiled.txt
COPY pyproject.toml .
COPY stack stack
RUN python -m stack.compilation

FROM plain
COPY --from=compiler /usr/local/compiled /usr/local/compiled
USER sumber
