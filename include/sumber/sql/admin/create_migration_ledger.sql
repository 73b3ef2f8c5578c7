CREATE SCHEMA IF NOT EXISTS core;

CREATE TABLE IF NOT EXISTS core.migration (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE core.migration IS 'One row is one migration or view file that was applied.';
COMMENT ON COLUMN core.migration.name IS 'Name of the file, below the folder of SQL files.';
COMMENT ON COLUMN core.migration.checksum IS 'SHA-256 of the file: an applied migration never changes; a changed view is applied again.';
COMMENT ON COLUMN core.migration.applied_at IS 'When it was applied.';
