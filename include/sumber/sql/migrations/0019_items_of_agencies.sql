-- Items of agencies are captured as they come, in ninjs and NewsML-G2.

ALTER TABLE raw.capture DROP CONSTRAINT capture_media_type_is_known;
ALTER TABLE raw.capture ADD CONSTRAINT capture_media_type_is_known CHECK (
    media_type IN (
        'text/html', 'text/plain', 'application/json', 'application/ninjs+json', 'application/vnd.iptc.g2.newsitem+xml'
    )
);
COMMENT ON COLUMN raw.capture.media_type IS
'What the bytes are: a web page, plain text, one article record (application/json), or an item of an agency in ninjs or NewsML-G2.';
