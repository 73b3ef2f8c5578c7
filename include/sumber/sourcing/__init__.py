"""Attribution, provenance chains and reliability: plain functions over frozen records, no I/O."""
