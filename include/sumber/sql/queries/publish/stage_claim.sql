CREATE TEMPORARY TABLE published_claim ON COMMIT DROP AS
WITH counted AS (
    SELECT
        claim_id,
        count(DISTINCT (article_id, ordinal)) AS appearances,
        count(DISTINCT article_id) AS articles,
        count(DISTINCT outlet_id) FILTER (WHERE outlet_id <> 0) AS outlets,
        count(DISTINCT utterance_id) AS utterances,
        count(DISTINCT root_id) AS roots_max,
        count(DISTINCT root_key) FILTER (WHERE root_key LIKE 'named:%')
        + count(DISTINCT substring(root_key FROM '^through:(.*):[0-9]+:[^:]*$'))
        FILTER (WHERE root_key LIKE 'through:%' AND root_key NOT LIKE 'through:unknown:%') AS roots_known,
        count(*) FILTER (WHERE root_key LIKE 'named:%') = 0
        AND count(DISTINCT root_id) = 1
        AND bool_or(terminus = 'anonymous') AS rests_on_one_anonymous_root,
        count(DISTINCT root_id) FILTER (WHERE terminus = 'primary') AS named_roots,
        count(DISTINCT root_id) FILTER (WHERE terminus = 'anonymous') AS anonymous_roots,
        count(DISTINCT (article_id, ordinal)) FILTER (WHERE stance = 'denies') AS denials
    FROM published_appearance
    GROUP BY claim_id
),

worded AS (
    SELECT DISTINCT ON (claim_id) claim_id, text, value, unit, value_kind
    FROM published_appearance
    ORDER BY claim_id, own_claim_id, branch
),

placed AS (
    SELECT published_appearance.claim_id, string_agg(DISTINCT told.place, '; ' ORDER BY told.place) AS places
    FROM published_appearance CROSS JOIN LATERAL unnest(published_appearance.places) AS told (place)
    GROUP BY published_appearance.claim_id
),

timed AS (
    SELECT published_appearance.claim_id, string_agg(DISTINCT told.valid_time, '; ' ORDER BY told.valid_time) AS valid_times
    FROM published_appearance CROSS JOIN LATERAL unnest(published_appearance.valid_times) AS told (valid_time)
    GROUP BY published_appearance.claim_id
),

earliest AS (
    SELECT DISTINCT ON (claim_id) claim_id, article_id, day
    FROM published_appearance
    ORDER BY claim_id, moment, article_id
)

SELECT
    counted.claim_id,
    worded.text,
    worded.value,
    worded.unit,
    worded.value_kind,
    placed.places,
    timed.valid_times,
    earliest.article_id AS first_article_id,
    earliest.day AS first_day,
    counted.appearances::integer AS appearances,
    counted.articles::integer AS articles,
    counted.outlets::integer AS outlets,
    counted.utterances::integer AS utterances,
    greatest(counted.roots_known, 1)::integer AS roots_min,
    counted.roots_max::integer AS roots_max,
    counted.named_roots::integer AS named_roots,
    counted.anonymous_roots::integer AS anonymous_roots,
    counted.denials::integer AS denials,
    counted.rests_on_one_anonymous_root,
    agreed.belief,
    agreed.roots_for,
    agreed.roots_against,
    agreed.credibility
FROM counted
INNER JOIN worded ON worded.claim_id = counted.claim_id
INNER JOIN earliest ON earliest.claim_id = counted.claim_id
LEFT JOIN placed ON placed.claim_id = counted.claim_id
LEFT JOIN timed ON timed.claim_id = counted.claim_id
LEFT JOIN core.claim_corroboration AS agreed ON agreed.claim_id = counted.claim_id
