-- Each begins like the primary key of its table, which finds the same rows: an article has few generations, and few derivations are closed.

DROP INDEX core.traced_article_by_attributing;
DROP INDEX core.attributed_article_by_reading;
DROP INDEX core.derivation_by_derived;

-- Nobody asks for an utterance by its own id.
DROP INDEX core.utterance_by_id;
