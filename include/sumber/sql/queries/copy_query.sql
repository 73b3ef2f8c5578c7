COPY (
{query}
) TO STDOUT (FORMAT binary)
