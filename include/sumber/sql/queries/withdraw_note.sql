UPDATE core.source_note SET withdrawn_at = %(at)s, withdrawn_by = %(by)s, withdrawn_reason = %(reason)s
WHERE id = %(id)s AND withdrawn_at IS NULL
