CREATE TEMPORARY TABLE staged_claim (
    article_id bigint, ordinal integer, id bigint, canonical_id bigint, utterance_id bigint, text text, is_affirmed boolean,
    slot bigint, value text, unit text, value_kind text, places text [], valid_times text []
) ON COMMIT DROP
