-- Least privileges. What is immutable cannot be changed by the pipeline's own role either.

REVOKE ALL ON SCHEMA public FROM PUBLIC;

GRANT USAGE ON SCHEMA raw, core, mart TO sumber_etl;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA raw TO sumber_etl;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA core TO sumber_etl;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA mart TO sumber_etl;
REVOKE ALL ON core.migration FROM sumber_etl;
REVOKE INSERT, UPDATE, DELETE ON core.review FROM sumber_etl;
-- Generations are closed, never deleted.
REVOKE DELETE ON core.article, core.media_credit, core.attributed_article, core.appearance, core.attribution FROM sumber_etl;
REVOKE DELETE ON core.traced_article, core.utterance, core.claim, core.chain, core.chain_dependency, core.rejection FROM sumber_etl;
REVOKE UPDATE ON core.media_credit, core.appearance, core.attribution, core.chain, core.chain_dependency FROM sumber_etl;

GRANT USAGE ON SCHEMA raw, core, mart TO sumber_app;
GRANT SELECT ON ALL TABLES IN SCHEMA core TO sumber_app;
GRANT SELECT ON ALL TABLES IN SCHEMA mart TO sumber_app;
GRANT SELECT ON raw.capture, raw.content TO sumber_app;
REVOKE ALL ON core.migration FROM sumber_app;
GRANT INSERT ON core.review TO sumber_app;
GRANT UPDATE (withdrawn_at, withdrawn_by, withdrawn_reason) ON core.review TO sumber_app;

GRANT USAGE ON SCHEMA mart TO sumber_bi;
GRANT SELECT ON ALL TABLES IN SCHEMA mart TO sumber_bi;

-- Views and later tables of the mart are readable without a word in each file.
ALTER DEFAULT PRIVILEGES IN SCHEMA mart GRANT SELECT ON TABLES TO sumber_etl, sumber_app, sumber_bi;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA core FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.open_month(date) TO sumber_etl;
