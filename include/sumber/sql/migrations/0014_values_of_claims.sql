-- Where and when a claim holds, what kind of answer it gives, and the characters on which a relation between claims rests.

ALTER TABLE core.claim
ADD COLUMN value_kind text,
ADD COLUMN places text [] NOT NULL DEFAULT '{}',
ADD COLUMN valid_times text [] NOT NULL DEFAULT '{}',
ADD CONSTRAINT claim_value_kind_is_known CHECK (value_kind IN ('count', 'money', 'percent', 'date', 'place'));
COMMENT ON COLUMN core.claim.value IS
'Its answer, normalised; where a rounded or coarser answer can stand for one finer answer to the same question only, that one.';
COMMENT ON COLUMN core.claim.value_kind IS 'count, money, percent, date or place; null for yes and no, and without a value.';
COMMENT ON COLUMN core.claim.places IS
'Keys of the places where it holds (seeds/matching/places.csv), the innermost of each: VN/Hanoi. Part of the question that it answers.';
COMMENT ON COLUMN core.claim.valid_times IS
'Times of which it holds, as ISO 8601 dates: 2023, 2023-09, --09-04 without a year, 2022/.. for since 2022, year-1 for last year where the page has no date.';

ALTER TABLE core.claim_relation
ADD COLUMN cited bigint [] NOT NULL DEFAULT '{}',
ADD CONSTRAINT claim_relation_cites_spans CHECK (cardinality(cited) = 0 OR array_length(cited, 2) = 3);
COMMENT ON COLUMN core.claim_relation.cited IS
'Evidence as {article,start,end}: what both claims say, the words that deny or withdraw, and the values on which they disagree.';

ALTER TABLE mart.fct_claim
ADD COLUMN value_kind text,
ADD COLUMN places text,
ADD COLUMN valid_times text;
COMMENT ON COLUMN mart.fct_claim.value_kind IS 'count, money, percent, date or place; null for yes and no, and without a value.';
COMMENT ON COLUMN mart.fct_claim.places IS 'Where it holds, as keys of places: those that any of its passages gives.';
COMMENT ON COLUMN mart.fct_claim.valid_times IS 'Of which times it holds, as ISO 8601 dates: those that any of its passages gives.';
