#!/bin/sh
# Make .venv from the lock: with uv when it is there, else with pip. Does nothing when the lock was installed before.
set -eu
cd "$(dirname "$0")/.."
lock=requirements-dev.txt
installed=.venv/installed-$lock
# Extras that were installed once stay; EXTRAS= takes them away with the next change of the lock.
extras=${EXTRAS-$(sed 's/compiled//' .venv/extras 2>/dev/null || true)} # which was an extra once
for extra in $extras; do
    case $extra in
        encoder | parquet) ;;
        *) echo "setup: EXTRAS: there is no extra '$extra'; there are: encoder, parquet" >&2 && exit 1 ;;
    esac
done

add_extras() {
    for extra in $extras; do
        cmp -s "requirements-$extra.txt" ".venv/installed-requirements-$extra.txt" && continue
        echo "setup: installing the extra $extra" >&2
        if command -v uv >/dev/null; then
            uv pip install --quiet --require-hashes --python .venv/bin/python -r "requirements-$extra.txt" || pip_install "requirements-$extra.txt"
        else
            pip_install "requirements-$extra.txt"
        fi
        cp "requirements-$extra.txt" ".venv/installed-requirements-$extra.txt"
    done
    printf '%s\n' "$extras" > .venv/extras
}

pip_install() {
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-compile --no-deps --require-hashes -r "$1"
}

# As pip does, trust the certificates that the system trusts (the first name is for older versions).
export UV_NATIVE_TLS=true UV_SYSTEM_CERTS=true

if [ -x .venv/bin/python ] && cmp -s "$lock" "$installed"; then
    add_extras
    exit 0
fi

suits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'
python=
for candidate in ${PYTHON_FOR_VENV:-python3 python3.13 python3.12 python3.11}; do
    if command -v "$candidate" >/dev/null && "$candidate" -c "$suits" 2>/dev/null; then
        python=$(command -v "$candidate")
        break
    fi
done
if [ -z "$python" ]; then
    found=$(python3 --version 2>/dev/null || echo "no python3")
    echo "setup: Python 3.11, 3.12 or 3.13 is needed, and $found was found." >&2
    echo "       Install one, or name it: make setup PYTHON_FOR_VENV=/path/to/python3.12" >&2
    exit 1
fi

free=$(df -Pk . | awk 'NR == 2 { print int($4 / 1024) }')
if [ "$free" -lt 2000 ]; then
    echo "setup: the environment needs about 1 GB and some to unpack, and only $free MB are free on this disk." >&2
    exit 1
fi

with_uv() {
    UV_PYTHON_DOWNLOADS=never uv venv --quiet --allow-existing --python "$python" .venv &&
        UV_PYTHON_DOWNLOADS=never uv pip sync --quiet --require-hashes --python .venv/bin/python "$lock"
}

with_pip() {
    if ! "$python" -m venv --clear .venv; then
        echo "setup: $python cannot make virtual environments; on Debian or Ubuntu: apt-get install python3-venv" >&2
        return 1
    fi
    # Two at once, each on half of the packages: the lock is complete, so neither has to know of the other's half. pip mostly computes.
    awk '/^[A-Za-z0-9]/ { half = ++entry % 2 } entry { print > ".venv/half-" half ".txt" }' "$lock"
    pip_install .venv/half-0.txt &
    pip_install .venv/half-1.txt && wait $!
}

echo "setup: installing $(grep -c '^[a-z0-9].*==' "$lock") packages into .venv ($("$python" --version))" >&2
rm -f "$installed" .venv/installed-requirements-*.txt
if command -v uv >/dev/null; then
    # pip may know of an index that uv was not told about.
    with_uv || { echo "setup: uv did not manage; trying pip" >&2 && with_pip; }
else
    with_pip
fi

site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
printf '%s\n' "$PWD/include" > "$site/sumber.pth"
cp "$lock" "$installed"
add_extras
