CREATE TEMPORARY TABLE staged_score_slice (
    source_key text, ledger text, dimension text, value text, score double precision, roots double precision
) ON COMMIT DROP
