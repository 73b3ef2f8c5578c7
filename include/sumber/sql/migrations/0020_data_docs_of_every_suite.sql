-- A step may gate with several suites: the ledger keeps where the pages of each stand, below the folder of Data Docs.

ALTER TABLE core.step_run ALTER COLUMN data_docs TYPE text [] USING array_remove(ARRAY[data_docs], NULL);
ALTER TABLE core.step_run ALTER COLUMN data_docs SET DEFAULT '{}', ALTER COLUMN data_docs SET NOT NULL;
COMMENT ON COLUMN core.step_run.data_docs IS
'Where the first pages of its Data Docs stand, of each suite that judged it; up to this migration, file addresses.';
COMMENT ON COLUMN core.step_run.step IS 'capture, poll, read, attribute, trace, check, score, publish, verify or watch.';
