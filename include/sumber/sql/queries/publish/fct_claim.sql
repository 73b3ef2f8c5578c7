INSERT INTO mart.fct_claim (
    claim_id,
    text,
    value,
    unit,
    first_article_id,
    first_day,
    appearances,
    articles,
    outlets,
    utterances,
    roots,
    named_roots,
    anonymous_roots,
    denials,
    rests_on_one_anonymous_root
)
SELECT
    claim_id,
    text,
    value,
    unit,
    first_article_id,
    first_day,
    appearances,
    articles,
    outlets,
    utterances,
    roots,
    named_roots,
    anonymous_roots,
    denials,
    rests_on_one_anonymous_root
FROM published_claim
ORDER BY claim_id
ON CONFLICT (claim_id) DO UPDATE SET
    text = excluded.text,
    value = excluded.value,
    unit = excluded.unit,
    first_article_id = excluded.first_article_id,
    first_day = excluded.first_day,
    appearances = excluded.appearances,
    articles = excluded.articles,
    outlets = excluded.outlets,
    utterances = excluded.utterances,
    roots = excluded.roots,
    named_roots = excluded.named_roots,
    anonymous_roots = excluded.anonymous_roots,
    denials = excluded.denials,
    rests_on_one_anonymous_root = excluded.rests_on_one_anonymous_root
WHERE
    (
        fct_claim.text,
        fct_claim.value,
        fct_claim.unit,
        fct_claim.first_article_id,
        fct_claim.first_day,
        fct_claim.appearances,
        fct_claim.articles,
        fct_claim.outlets,
        fct_claim.utterances,
        fct_claim.roots,
        fct_claim.named_roots,
        fct_claim.anonymous_roots,
        fct_claim.denials,
        fct_claim.rests_on_one_anonymous_root
    )
    IS DISTINCT FROM (
        excluded.text,
        excluded.value,
        excluded.unit,
        excluded.first_article_id,
        excluded.first_day,
        excluded.appearances,
        excluded.articles,
        excluded.outlets,
        excluded.utterances,
        excluded.roots,
        excluded.named_roots,
        excluded.anonymous_roots,
        excluded.denials,
        excluded.rests_on_one_anonymous_root
    )
