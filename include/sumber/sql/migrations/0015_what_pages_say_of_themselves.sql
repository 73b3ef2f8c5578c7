-- When a page says that it was last changed, and the tags that it gives itself.

ALTER TABLE core.article
ADD COLUMN modified_at timestamptz,
ADD COLUMN tags jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN core.article.modified_at IS 'When the page says that it was last changed; null where it does not.';
COMMENT ON COLUMN core.article.tags IS 'Tags and keywords that the page gives itself, as printed, each once.';
