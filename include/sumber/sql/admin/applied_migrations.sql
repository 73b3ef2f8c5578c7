SELECT name, checksum FROM core.migration
