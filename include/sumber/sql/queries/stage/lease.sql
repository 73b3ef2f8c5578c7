CREATE TEMPORARY TABLE staged_lease (item_id bigint PRIMARY KEY, batch_id bigint) ON COMMIT DROP
