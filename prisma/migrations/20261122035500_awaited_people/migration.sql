-- Whether organisations await somebody: the door then says that an invitation waits for him, not that his access was
-- withdrawn. Never of a founder whose address is not proved: he would learn who else writes to its owner.
CREATE FUNCTION identity_is_awaited(p_person uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_before text := coalesce(current_setting('app.person', true), '');
  v_awaited boolean;
BEGIN
  PERFORM set_config('app.person', p_person::text, true);
  SELECT EXISTS (
    SELECT 1 FROM membership m JOIN person p ON p.id = m.person_id
     WHERE m.person_id = p_person AND m.pending AND m.revoked_at IS NULL
       AND (p.founded_org IS NULL OR p.proved_at IS NOT NULL)) INTO v_awaited;
  PERFORM set_config('app.person', v_before, true);
  RETURN v_awaited;
END $$;

REVOKE ALL ON FUNCTION identity_is_awaited(uuid) FROM PUBLIC;
