-- As count_import_rows, a table at a time, each in a transaction of its own: three together may hold the horizon of every
-- phone's pull for two seconds.
CREATE FUNCTION count_import_rows(p_table text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  CASE p_table
    WHEN 'import_line' THEN
      ANALYZE (SKIP_LOCKED) import_line (org_id, import_id, line, match_key, record_id, name_sketch, postcode, phone, email);
    WHEN 'account' THEN
      ANALYZE (SKIP_LOCKED) account (org_id, id, territory_id, ref, name_key, name_sketch, postcode, phone, email, deleted_at);
    WHEN 'account_home' THEN
      ANALYZE (SKIP_LOCKED) account_home (org_id, account_id);
  END CASE;
END $$;
REVOKE ALL ON FUNCTION count_import_rows(text) FROM PUBLIC;
