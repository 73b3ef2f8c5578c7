-- What came in of each outlet and feed by day: the history against which a day is judged.

CREATE TABLE core.outlet_day (
    day date NOT NULL,
    outlet text NOT NULL,
    articles integer NOT NULL,
    with_headline integer NOT NULL,
    with_date integer NOT NULL,
    with_body integer NOT NULL,
    with_credit integer NOT NULL,
    complete integer NOT NULL,
    copies integer NOT NULL,
    attributed integer NOT NULL,
    unattributed integer NOT NULL,
    langs jsonb NOT NULL,
    hours_old double precision,
    failed text [] NOT NULL DEFAULT '{}',
    run text NOT NULL,
    PRIMARY KEY (day, outlet),
    CONSTRAINT outlet_day_parts_are_articles CHECK (
        0 <= complete AND complete <= least(with_headline, with_date, with_body, with_credit)
        AND greatest(with_headline, with_date, with_body, with_credit, copies, attributed) <= articles
        AND 0 <= unattributed AND unattributed <= attributed
    )
);
COMMENT ON TABLE core.outlet_day IS
'One row is what was captured of one outlet in the 24 hours before the last watch of a day (UTC): a report, outside the fingerprint.';
COMMENT ON COLUMN core.outlet_day.day IS 'Day of the last moment of the 24 hours.';
COMMENT ON COLUMN core.outlet_day.outlet IS 'The outlet, as credited.';
COMMENT ON COLUMN core.outlet_day.articles IS 'Articles read from captures of these hours; 0 for an outlet that was silent.';
COMMENT ON COLUMN core.outlet_day.with_headline IS 'Of these, with a headline.';
COMMENT ON COLUMN core.outlet_day.with_date IS 'With a time of publication.';
COMMENT ON COLUMN core.outlet_day.with_body IS 'With at least 200 characters of lead and body.';
COMMENT ON COLUMN core.outlet_day.with_credit IS 'With a byline or a credit beside the outlet''s own.';
COMMENT ON COLUMN core.outlet_day.complete IS 'With all four.';
COMMENT ON COLUMN core.outlet_day.copies IS 'With the text of another article of the outlet, at another address, of these hours.';
COMMENT ON COLUMN core.outlet_day.attributed IS 'That were attributed already.';
COMMENT ON COLUMN core.outlet_day.unattributed IS 'Of those, without any attribution.';
COMMENT ON COLUMN core.outlet_day.langs IS 'Articles by language.';
COMMENT ON COLUMN core.outlet_day.hours_old IS 'Median of the hours from publication to capture; null without dates.';
COMMENT ON COLUMN core.outlet_day.failed IS 'Rules of the suite outlets that it broke.';
COMMENT ON COLUMN core.outlet_day.run IS 'The run that wrote it last.';

CREATE TABLE core.feed_day (
    day date NOT NULL,
    feed_url text NOT NULL,
    announced integer NOT NULL,
    captures integer NOT NULL,
    refused integer NOT NULL,
    failed text [] NOT NULL DEFAULT '{}',
    run text NOT NULL,
    PRIMARY KEY (day, feed_url),
    CONSTRAINT feed_day_refusals_are_captures CHECK (0 <= refused AND refused <= captures AND announced >= 0)
);
COMMENT ON TABLE core.feed_day IS
'One row is what came of one feed in the 24 hours before the last watch of a day (UTC): a report, outside the fingerprint.';
COMMENT ON COLUMN core.feed_day.day IS 'Day of the last moment of the 24 hours.';
COMMENT ON COLUMN core.feed_day.feed_url IS 'The feed.';
COMMENT ON COLUMN core.feed_day.announced IS 'Pages that it announced first in these hours.';
COMMENT ON COLUMN core.feed_day.captures IS 'Captures of its pages that were read.';
COMMENT ON COLUMN core.feed_day.refused IS 'Of these, refused by the reader or the gate.';
COMMENT ON COLUMN core.feed_day.failed IS 'Rules of the suite feeds that it broke.';
COMMENT ON COLUMN core.feed_day.run IS 'The run that wrote it last.';

GRANT SELECT, INSERT, UPDATE, DELETE ON core.outlet_day, core.feed_day TO sumber_etl;
GRANT SELECT ON core.outlet_day, core.feed_day TO sumber_app;
