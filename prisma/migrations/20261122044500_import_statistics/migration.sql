-- A first import fills tables that the planner knows as empty: until autovacuum looks, which is minutes, it reads an
-- organisation's accounts and lines whole for each batch rather than look up keys, and the work grows with the square of the
-- file. The worker owns no table, hence a function. Only the columns that a batch looks rows up by, for which it takes a
-- fraction of a second whatever the size; a table that somebody else looks after at that moment is left to him.
CREATE FUNCTION count_import_rows() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  ANALYZE (SKIP_LOCKED) import_line (org_id, import_id, line, match_key, record_id, name_sketch, postcode, phone, email);
  ANALYZE (SKIP_LOCKED) account (org_id, id, territory_id, ref, name_key, name_sketch, postcode, phone, email, deleted_at);
  ANALYZE (SKIP_LOCKED) account_home (org_id, account_id);
END $$;
REVOKE ALL ON FUNCTION count_import_rows() FROM PUBLIC;
